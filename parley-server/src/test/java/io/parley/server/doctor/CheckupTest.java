package io.parley.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.server.config.ConfigReader;
import io.parley.server.doctor.Finding.Grade;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckupTest {
    private static final Instant NOW = Instant.now();

    @TempDir
    Path folder;

    private final ConfigReader reader = new ConfigReader().flag("--port", "port", "0");

    @Test
    void a_good_machine_gets_no_bad_finding() {
        assertThat(look("data", folder.toString()))
                .noneMatch(finding -> finding.grade() == Grade.BAD)
                .extracting(Finding::subject)
                .contains("Java", "port", "data folder", "temporary folder", "open files", "clock");
    }

    @Test
    void push_credentials_that_cannot_be_used_are_bad_and_the_file_is_named() throws IOException {
        Path good = Files.writeString(folder.resolve("mi.json"), "{\"appSecret\":\"s\"}");
        Path missing = folder.resolve("none.json");
        reader.flag("--set", "appDefaults.push.xiaomi", good.toString());
        reader.flag("--set", "appDefaults.push.fcm", missing.toString());

        List<Finding> findings = look("data", folder.resolve("data").toString());

        assertThat(findings)
                .filteredOn(finding -> finding.subject().equals("push mi"))
                .hasSize(1)
                .noneMatch(finding -> finding.grade() == Grade.BAD);
        assertThat(findings)
                .filteredOn(finding -> finding.subject().equals("push fcm"))
                .hasSize(1)
                .allMatch(finding ->
                        finding.grade() == Grade.BAD && finding.text().contains(missing.toString()));
    }

    @Test
    void looking_leaves_no_trace() throws IOException {
        Path missing = folder.resolve("not/yet");

        look("data", missing.toString());

        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_taken_port_is_bad() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            reader.flag("--host", "host", "127.0.0.1");

            assertFound(look("port", String.valueOf(taken.getLocalPort())), Grade.BAD, "port", "--port");
        }
    }

    @Test
    void a_file_where_the_data_folder_should_be_is_bad() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertFound(look("data", file.toString()), Grade.BAD, "data folder", "is a file");
    }

    @Test
    void files_from_the_future_cast_doubt_on_the_clock() throws IOException {
        Path file = Files.createFile(folder.resolve("parley.db"));
        Files.setLastModifiedTime(file, FileTime.from(NOW.plus(Duration.ofHours(1))));

        assertFound(look("data", folder.toString()), Grade.DOUBTFUL, "clock", "gone back");
    }

    @Test
    void a_clock_in_the_past_is_bad() {
        assertFound(
                new Checkup(reader.read(), InstantSource.fixed(Instant.EPOCH)).findings(), Grade.BAD, "clock", "past");
    }

    @Test
    void a_certificate_that_is_none_is_bad() throws IOException {
        Path junk = Files.writeString(folder.resolve("junk.pem"), "no certificate");
        reader.flag("--tls-cert", "tls.cert", junk.toString()).flag("--tls-key", "tls.key", junk.toString());

        assertFound(look("data", folder.toString()), Grade.BAD, "TLS certificate", "PEM");
    }

    private List<Finding> look(String key, String value) {
        reader.flag("--" + key, key, value);
        return new Checkup(reader.read(), InstantSource.fixed(NOW)).findings();
    }

    private static void assertFound(List<Finding> findings, Grade grade, String subject, String text) {
        assertThat(findings)
                .anyMatch(finding -> finding.grade() == grade
                        && finding.subject().equals(subject)
                        && finding.text().contains(text));
    }
}
