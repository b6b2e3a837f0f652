package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.conformance.sdk.SdkRefusal;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// What an SDK reports when the server says no.
final class Refusals {
    private Refusals() {}

    /// @param appCode of the application's hook
    static void assertRefused(int code, int appCode, ThrowingCallable operation) {
        SdkRefusal refusal = catchThrowableOfType(SdkRefusal.class, operation);
        assertThat(refusal).as("a refusal with code %s", code).isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        assertThat(refusal.appCode()).as(refusal.getMessage()).isEqualTo(appCode);
    }

    static void assertRefused(int code, ThrowingCallable operation) {
        SdkRefusal refusal = catchThrowableOfType(SdkRefusal.class, operation);
        assertThat(refusal).as("a refusal with code %s", code).isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
    }
}
