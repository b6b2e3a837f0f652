/// The port: HTTP and WebSocket, in the clear or by TLS. Entry class: [io.parley.server.http.FrontDoor]. Knows no
/// routes
/// and no frames, only who takes which request.
@NullMarked
package io.parley.server.http;

import org.jspecify.annotations.NullMarked;
