/// The examples of the developer guide, as an application writes them. Only the public API is used.
@org.jspecify.annotations.NullMarked
package io.parley.client.examples;
