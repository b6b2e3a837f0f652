package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.conformance.sdk.SdkRefusal;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// What an SDK reports when the server says no.
final class Refusals {
    private Refusals() {}

    static void assertRefused(int code, ThrowingCallable operation) {
        SdkRefusal refusal = catchThrowableOfType(SdkRefusal.class, operation);
        assertThat(refusal).as("a refusal with code %s", code).isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
    }
}
