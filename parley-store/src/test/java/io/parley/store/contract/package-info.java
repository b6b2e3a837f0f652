/// What every store must do, as abstract tests: one suite per interface of core. A store is proven by a subclass of
/// each that says how to open it.
@NullMarked
package io.parley.store.contract;

import org.jspecify.annotations.NullMarked;
