package io.parley.conformance.report;

import io.parley.conformance.sdk.Sdk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// docs/compatibility.md. The same outcomes give the same text.
final class CompatibilityPage {
    private final BiFunction<Behaviour, List<Sdk>, String> cells;
    private final StringBuilder text = new StringBuilder();

    CompatibilityPage(BiFunction<Behaviour, List<Sdk>, String> cells) {
        this.cells = cells;
    }

    String text() {
        intro();
        pairs();
        alone();
        meanings();
        remarks();
        return text.toString();
    }

    private void intro() {
        text.append("""
                # Compatibility

                Which official SDKs work with this version of Parley. This page is written by the conformance tests: they install
                the SDKs below by name, unmodified, start a server and let every SDK talk with every other one, and with Parley's
                own Java SDK. `./mvnw verify` runs them; a cell that does not say **yes** where the SDK has the feature fails the
                build.

                | Short name | Package |
                |---|---|
                """);
        for (Sdk sdk : Sdk.values()) row(sdk.toString(), List.of(sdk.packageName()));
        text.append("""

                `–` means that the SDK does not have it, so there is nothing to try.

                """);
    }

    private void pairs() {
        text.append("## Two clients in one conversation\n\n");
        List<Behaviour> columns = Arrays.stream(Behaviour.values())
                .filter(Behaviour::isBetweenTwo)
                .toList();
        header("First client → second client", columns, Behaviour::title);
        for (Sdk one : Sdk.values())
            for (Sdk other : Sdk.values())
                row(
                        one + " → " + other,
                        columns.stream()
                                .map(behaviour -> cells.apply(behaviour, List.of(one, other)))
                                .toList());
        text.append('\n');
    }

    private void alone() {
        text.append("## Each SDK\n\n");
        header("Behaviour", List.of(Sdk.values()), Sdk::toString);
        for (Behaviour behaviour : Behaviour.values()) {
            if (behaviour.isBetweenTwo()) continue;
            List<String> row = new ArrayList<>();
            for (Sdk sdk : Sdk.values()) row.add(cells.apply(behaviour, List.of(sdk)));
            row(behaviour.title(), row);
        }
        text.append('\n');
    }

    private void meanings() {
        text.append("## What the columns mean\n\n");
        for (Behaviour behaviour : Behaviour.values())
            if (behaviour.isBetweenTwo())
                text.append("- **")
                        .append(behaviour.title())
                        .append("**: ")
                        .append(behaviour.meaning())
                        .append('\n');
    }

    private void remarks() {
        text.append("\n## Good to know\n\n");
        for (Sdk sdk : Sdk.values())
            for (String remark : sdk.remarks())
                text.append("- **").append(sdk).append("**: ").append(remark).append('\n');
    }

    private <T> void header(String first, List<T> columns, Function<T, String> title) {
        row(first, columns.stream().map(title).toList());
        text.append("|---".repeat(columns.size() + 1)).append("|\n");
    }

    private void row(String first, List<String> cells) {
        text.append("| ")
                .append(first)
                .append(" | ")
                .append(String.join(" | ", cells))
                .append(" |\n");
    }
}
