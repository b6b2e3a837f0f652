/// The official SDKs as programs a test can talk to. Entry class: [io.parley.conformance.sdk.Scene]. Knows the SDKs and
/// the line protocol of the programs under `src/test/sdk`, nothing of the server but its address.
@NullMarked
package io.parley.conformance.sdk;

import org.jspecify.annotations.NullMarked;
