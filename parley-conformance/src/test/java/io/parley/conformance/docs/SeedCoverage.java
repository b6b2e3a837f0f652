package io.parley.conformance.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What docs/seed-coverage.md says.
///
/// @param lines all of the page
/// @param rows one for each promise
record SeedCoverage(List<String> lines, List<Row> rows) {
    static final List<String> STATES = List.of("proven", "built, not proven", "not yet", "does not apply");

    private static final Pattern PROOF = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\([^)]+\\)");
    private static final String SUMMARY = "| state | rows that name the server | other rows | all |";

    /// @param columns of the table, without the outer lines
    record Row(List<String> columns) {
        String id() {
            return columns.getFirst();
        }

        boolean namesTheServer() {
            return List.of(columns.get(2).split(", ", -1)).contains("server");
        }

        List<String> who() {
            return List.of(columns.get(2).split(", ", -1));
        }

        String state() {
            return columns.get(3);
        }

        String text() {
            return columns.get(4);
        }

        List<Proof> proofs() {
            return PROOF.matcher(text())
                    .results()
                    .map(found -> new Proof(found.group(1), found.group(2)))
                    .toList();
        }

        boolean hasLink() {
            return LINK.matcher(text()).find();
        }

        /// What is said in words.
        String words() {
            return PROOF.matcher(text())
                    .replaceAll("")
                    .replaceAll("[\\s,]+", " ")
                    .strip();
        }
    }

    record Proof(String className, String method) {}

    static SeedCoverage read(Path page) throws IOException {
        List<String> lines = Files.readAllLines(page);
        List<Row> rows = new ArrayList<>();
        for (String line : lines) if (line.startsWith("| S-")) rows.add(new Row(columns(line)));
        return new SeedCoverage(lines, rows);
    }

    private static List<String> columns(String line) {
        Matcher row = Pattern.compile("\\| (.*) \\|").matcher(line);
        return row.matches() ? List.of(row.group(1).split(" \\| ", -1)) : List.of(line);
    }

    /// The summary as it stands on the page; empty when it has none.
    List<String> summary() {
        return lines.stream()
                .dropWhile(line -> !line.equals(SUMMARY))
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    /// The summary that the rows ask for.
    List<String> sums() {
        List<String> table = new ArrayList<>(List.of(SUMMARY, "|---|---|---|---|"));
        for (String state : STATES)
            table.add(sum(state, rows.stream().filter(row -> row.state().equals(state))));
        table.add(sum("all", rows.stream()));
        return table;
    }

    private static String sum(String title, Stream<Row> rows) {
        List<Row> counted = rows.toList();
        long server = counted.stream().filter(Row::namesTheServer).count();
        return "| %s | %d | %d | %d |".formatted(title, server, counted.size() - server, counted.size());
    }
}
