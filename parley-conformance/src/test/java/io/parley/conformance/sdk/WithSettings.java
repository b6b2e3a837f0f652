package io.parley.conformance.sdk;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The tests of this class talk with a server that has these settings. Classes with the same settings share one.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface WithSettings {
    /// Such as `appDefaults.roles=true`.
    String[] value();
}
