package io.parley.conformance.report;

import io.parley.conformance.sdk.Sdk;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/// Notes how each run of a [Proves] test ended.
final class Observer implements InvocationInterceptor {
    private static final Namespace NAMESPACE = Namespace.create(Observer.class);

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Outcomes outcomes = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Outcomes.class, key -> new Outcomes(), Outcomes.class);
        Behaviour behaviour = method.getExecutable().getAnnotation(Proves.class).value();
        List<Sdk> cast = method.getArguments().stream()
                .filter(Sdk.class::isInstance)
                .map(Sdk.class::cast)
                .toList();
        boolean passed = false;
        try {
            invocation.proceed();
            passed = true;
        } finally {
            outcomes.note(behaviour, cast, passed);
        }
    }
}
