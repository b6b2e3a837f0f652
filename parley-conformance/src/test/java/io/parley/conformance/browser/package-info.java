/// A Chromium without a screen, driven through the Chrome DevTools protocol. Entry class:
/// [io.parley.conformance.browser.Chromium].
@NullMarked
package io.parley.conformance.browser;

import org.jspecify.annotations.NullMarked;
