package io.parley.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A call as the table of calls describes it.
///
/// @param group heading under which it stands
/// @param path with `:name` for what varies, and `*name` for the rest
/// @param access who may
/// @param answer name of what comes back
record ApiLine(
        String group,
        String method,
        String path,
        String access,
        String summary,
        List<Parameter> parameters,
        String answer) {
    private static final Set<String> ACCESS = Set.of("none", "app", "class", "session", "user", "master");

    record Parameter(String name, String type, boolean required) {}

    static ApiLine parse(String group, String line) {
        String[] parts = line.split("\\|", -1);
        if (parts.length != 5) throw new IllegalStateException("a call has five parts: " + line);
        String[] call = parts[0].strip().split(" ", -1);
        String access = parts[1].strip();
        if (call.length != 2 || !ACCESS.contains(access)) throw new IllegalStateException("no call: " + line);
        List<Parameter> parameters = new ArrayList<>();
        for (String parameter : parts[3].strip().split(" +")) {
            if (parameter.isEmpty()) continue;
            int colon = parameter.lastIndexOf(':');
            boolean required = parameter.endsWith("!");
            parameters.add(new Parameter(
                    parameter.substring(0, colon),
                    parameter.substring(colon + 1, parameter.length() - (required ? 1 : 0)),
                    required));
        }
        return new ApiLine(
                group, call[0], call[1], access, parts[2].strip(), List.copyOf(parameters), parts[4].strip());
    }

    String call() {
        return method + " " + path;
    }

    /// As OpenAPI writes it: `{name}`.
    String openPath() {
        return path.replaceAll("[:*]([A-Za-z]+)", "{$1}");
    }

    List<String> pathNames() {
        List<String> names = new ArrayList<>();
        for (String segment : path.split("/", -1))
            if (segment.startsWith(":") || segment.startsWith("*")) names.add(segment.substring(1));
        return names;
    }

    /// The body is taken as it comes, so that all parameters are in the query string.
    boolean streams() {
        return path.endsWith("/streams");
    }

    boolean isInBody(Parameter parameter) {
        if (streams()) return false;
        return parameter.type().equals("ids") || method.equals("POST") || method.equals("PUT");
    }
}
