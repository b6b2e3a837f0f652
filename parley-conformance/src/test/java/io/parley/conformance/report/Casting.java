package io.parley.conformance.report;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/// Says which SDKs a test runs with.
final class Casting implements ArgumentsProvider {
    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return context.getRequiredTestMethod().getAnnotation(Proves.class).value().casts().stream()
                .map(cast -> Arguments.of(cast.toArray()));
    }
}
