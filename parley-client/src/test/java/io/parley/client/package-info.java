/// The client SDK against the real server, and against a scripted one on a bad network.
@org.jspecify.annotations.NullMarked
package io.parley.client;
