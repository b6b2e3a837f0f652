/// The customer's say: asked before, told after. Entry class: [io.parley.core.hook.Hooks]. Knows no HTTP: whoever
/// calls out is handed over as a [io.parley.core.hook.HookCaller].
@NullMarked
package io.parley.core.hook;

import org.jspecify.annotations.NullMarked;
