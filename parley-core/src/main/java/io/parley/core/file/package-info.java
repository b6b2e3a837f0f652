/// Files that clients upload: their rows, the tokens for uploading, and the seam behind which bytes are kept.
/// Entry class: [io.parley.core.file.Files]. Knows no HTTP.
@NullMarked
package io.parley.core.file;

import org.jspecify.annotations.NullMarked;
