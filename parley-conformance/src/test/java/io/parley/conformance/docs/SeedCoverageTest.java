package io.parley.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.docs.SeedCoverage.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Holds docs/seed-coverage.md against the tests that it names.
class SeedCoverageTest {
    private static final Path REPOSITORY = Path.of("..");
    private static final Path PAGE = REPOSITORY.resolve(Path.of("docs", "seed-coverage.md"));
    private static final int PROMISES = 225;
    private static final List<String> WHO = List.of("server", "Java SDK", "JS", "console", "docs");

    private static SeedCoverage page = new SeedCoverage(List.of(), List.of());

    @BeforeAll
    static void read() throws IOException {
        page = SeedCoverage.read(PAGE);
    }

    @Test
    void every_promise_has_one_row_with_all_its_columns() {
        assertThat(page.rows())
                .extracting(Row::columns)
                .allSatisfy(columns -> assertThat(columns)
                        .as("columns of %s", columns)
                        .hasSize(5)
                        .noneMatch(String::isBlank));
        assertThat(page.rows())
                .extracting(Row::id)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, PROMISES)
                        .mapToObj("S-%03d"::formatted)
                        .toList());
        assertThat(page.rows())
                .allSatisfy(row -> assertThat(row.who()).as(row.id()).isSubsetOf(WHO));
    }

    @Test
    void every_row_has_a_state_of_the_list_with_what_belongs_to_it() {
        for (Row row : page.rows()) {
            assertThat(row.state()).as("state of %s", row.id()).isIn(SeedCoverage.STATES);
            if (row.state().equals("proven"))
                assertThat(!row.proofs().isEmpty() || row.hasLink())
                        .as("%s is proven, by which test or document?", row.id())
                        .isTrue();
            else
                assertThat(row.words())
                        .as("%s is %s, why?", row.id(), row.state())
                        .hasSizeGreaterThan(5);
        }
    }

    @Test
    void every_test_that_is_named_exists_and_runs() throws IOException {
        TestSources sources = TestSources.of(REPOSITORY);
        List<String> flaws = page.rows().stream()
                .flatMap(row -> row.proofs().stream().flatMap(proof -> {
                    Optional<String> flaw = sources.flaw(proof.className(), proof.method());
                    return flaw.map(text -> row.id() + ": " + text).stream();
                }))
                .toList();
        assertThat(flaws).isEmpty();
    }

    @Test
    void the_summary_is_the_sum_of_the_rows() {
        assertThat(page.summary())
                .as("the summary of %s has to be%n%n%s%n", PAGE.getFileName(), String.join("\n", page.sums()))
                .isEqualTo(page.sums());
    }

    @Test
    void what_is_no_test_is_not_taken_for_one() throws IOException {
        TestSources sources = TestSources.of(REPOSITORY);
        String itself = Objects.requireNonNull(getClass().getSimpleName());

        assertThat(sources.flaw(itself, "every_test_that_is_named_exists_and_runs"))
                .isEmpty();
        assertThat(sources.flaw(itself, "a_test_that_nobody_wrote")).isPresent();
        assertThat(sources.flaw("WriterTest", "open")).isPresent();
        assertThat(sources.flaw("NobodysTest", "a_test_that_nobody_wrote")).isPresent();
    }
}
