/// Apps, the tenants: ids, keys, settings. Entry class: [io.parley.core.app.Apps]. Knows no connection and no
/// conversation.
@NullMarked
package io.parley.core.app;

import org.jspecify.annotations.NullMarked;
