/// The load tool: many light clients on the real wire, measuring a server and checking what it did. Entry class:
/// [io.parley.load.Bench]. Knows the wire's messages and sockets; never a server module.
@NullMarked
package io.parley.load;

import org.jspecify.annotations.NullMarked;
