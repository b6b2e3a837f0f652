/// The web chat in a real browser. Entry class: [io.parley.conformance.web.WebChatTest]. [ChatTab] knows the page.
@NullMarked
package io.parley.conformance.web;

import org.jspecify.annotations.NullMarked;
