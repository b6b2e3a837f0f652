package io.parley.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.CloseReason;
import io.parley.core.command.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The page of error codes says what the server does.
class ErrorsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "errors.md");

    @ParameterizedTest
    @EnumSource
    void every_code_has_its_line(ErrorCode code) throws IOException {
        assertThat(lines())
                .contains("| %d | %s | %d | %s |"
                        .formatted(code.number(), code.name(), code.httpStatus(), code.meaning()));
    }

    @ParameterizedTest
    @EnumSource
    void every_reason_to_close_a_connection_has_its_line(CloseReason reason) throws IOException {
        assertThat(lines()).anyMatch(line -> line.startsWith("| %d | %s | ".formatted(reason.code(), reason.text())));
    }

    private static List<String> lines() throws IOException {
        return Files.readAllLines(PAGE);
    }
}
