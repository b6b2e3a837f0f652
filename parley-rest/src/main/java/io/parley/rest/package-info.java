/// The HTTP side of a server: discovery, the REST routes that clients and customers' servers call, and static
/// pages. Entry class: [io.parley.rest.RestServer]. Knows core only: neither sockets of clients nor databases.
@NullMarked
package io.parley.rest;

import org.jspecify.annotations.NullMarked;
