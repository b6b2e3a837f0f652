package io.parley.conformance.report;

import io.parley.conformance.sdk.Scenes;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/// A test that runs once for every SDK, or pair of SDKs, that has the behaviour. Its parameters are the one or two
/// [io.parley.conformance.sdk.Sdk]s and a [io.parley.conformance.sdk.Scene]. The outcome goes to docs/compatibility.md.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{arguments}")
@ArgumentsSource(Casting.class)
@ExtendWith({Scenes.class, Observer.class})
public @interface Proves {
    Behaviour value();
}
