/// A whole Parley server: its parts put together, its one port, its start and its end. Entry classes:
/// [io.parley.server.Parley] for programs, [io.parley.server.Main] for the command line. Nothing depends on this
/// package
/// but tests.
@NullMarked
package io.parley.server;

import org.jspecify.annotations.NullMarked;
