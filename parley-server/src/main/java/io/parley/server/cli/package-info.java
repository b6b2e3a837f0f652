/// The command line: one class per command. Entry class: [io.parley.server.cli.ParleyCommand].
@NullMarked
package io.parley.server.cli;

import org.jspecify.annotations.NullMarked;
