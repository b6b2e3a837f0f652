/// The chat page at `/` and the files it is made of. Entry class: [io.parley.web.WebChat]. Knows HTTP routes and the
/// public half of an app; the page itself speaks to the server like any other SDK client.
@NullMarked
package io.parley.web;

import org.jspecify.annotations.NullMarked;
