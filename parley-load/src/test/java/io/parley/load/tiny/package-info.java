/// A chat server of a few hundred lines that keeps everything in memory and can be told to do wrong. What the
/// load tool is tried on.
@NullMarked
package io.parley.load.tiny;

import org.jspecify.annotations.NullMarked;
