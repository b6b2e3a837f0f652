/// How the log looks and where it goes. Entry class: [io.parley.server.log.Logs].
@NullMarked
package io.parley.server.log;

import org.jspecify.annotations.NullMarked;
