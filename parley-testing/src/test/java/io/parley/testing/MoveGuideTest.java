package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.migrate.archive.ArchiveReader;
import io.parley.migrate.standin.SampleApp;
import io.parley.migrate.standin.StandIn;
import io.parley.server.cli.ParleyCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands and files on the page about leaving LeanCloud, in the order in which they stand there, with the
/// addresses of this machine in the place of the reader's.
class MoveGuideTest {
    private static final Path ENGLISH = Path.of("../docs/migrate-from-leancloud.md");
    private static final Path CHINESE = Path.of("../docs/migrate-from-leancloud.zh-CN.md");
    private static final Pattern BLOCK =
            Pattern.compile("^ *```(sh|yaml|nginx)\\n(.*?)^ *```", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir
    Path folder;

    private record Block(String language, String text) {
        /// Without what it tells its readers, and with long lines in one.
        List<String> lines() {
            return Arrays.stream(text.replaceAll("\\\\\\n\\s*", "").split("\n", -1))
                    .map(line -> line.replaceAll("(^|\\s)#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    private static List<Block> blocks(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page))
                .results()
                .map(block -> new Block(block.group(1), block.group(2)))
                .toList();
    }

    @Test
    void both_languages_have_the_same_commands_and_files() throws IOException {
        assertThat(blocks(CHINESE).stream().map(Block::lines).toList())
                .isEqualTo(blocks(ENGLISH).stream().map(Block::lines).toList())
                .hasSizeGreaterThan(10);
    }

    @Test
    void every_command_of_the_page_does_what_the_page_says() throws Exception {
        List<String> commands = new ArrayList<>();
        StringBuilder config = new StringBuilder();
        for (Block block : blocks(ENGLISH)) {
            if (block.language().equals("sh")) commands.addAll(block.lines());
            if (block.language().equals("yaml"))
                config.append(block.text().stripTrailing().stripIndent()).append("\n");
        }
        try (StandIn old = new StandIn();
                Reader reader = new Reader(folder, old)) {
            SampleApp.fill(old, 3, 12, 200);
            reader.write("parley.yaml", config.toString());
            for (String command : commands) reader.run(command);
            assertThat(reader.served()).as("the page starts a server").isTrue();
        }
        assertThat(new ArchiveReader(folder.resolve("since-the-cut-over"))
                        .manifest()
                        .set(io.parley.migrate.archive.SetName.MESSAGES)
                        .lines())
                .as("what is on the server in the end, with the message of the service conversation")
                .isEqualTo(201);
    }

    /// Somebody who follows the page, in an empty folder.
    private static final class Reader implements AutoCloseable {
        private final Path folder;
        private final StandIn old;
        private @Nullable ParleyProcess server;

        Reader(Path folder, StandIn old) {
            this.folder = folder;
            this.old = old;
        }

        boolean served() {
            return server != null;
        }

        void write(String file, String text) throws IOException {
            Files.writeString(folder.resolve(file), filled(text));
        }

        private String filled(String text) {
            return text.replace("YOUR_APP_ID", StandIn.APP)
                    .replace("YOUR_APP_KEY", "standInAppKey")
                    .replace("YOUR_MASTER_KEY", StandIn.MASTER_KEY)
                    .replace("https://LEANCLOUD_HOST", old.url().toString())
                    .replace("https://files.your-company.com", old.url() + "/file-host");
        }

        void run(String command) throws Exception {
            if (!command.startsWith("./parley ")) {
                shell(command);
                return;
            }
            List<String> words = new ArrayList<>(List.of(filled(command).split("\\s+")));
            words.removeFirst();
            String name = words.getFirst();
            // Clients reach Parley by the name of the old server once that leads there.
            String api = name.equals("cutover") ? at() : old.url().toString();
            for (int i = 1; i < words.size(); i++) words.set(i, here(words.get(i), api));
            if (name.equals("serve")) {
                words.removeFirst();
                words.addAll(
                        List.of("--port", "0", "--data", folder.resolve("data").toString()));
                server = ParleyProcess.serve(
                        Stream.concat(Stream.of("serve"), words.stream()).toArray(String[]::new));
                return;
            }
            words.addAll(more(name, words));
            assertThat(ParleyCommand.run(words.toArray(String[]::new)))
                    .as(command)
                    .isZero();
        }

        private String here(String word, String api) {
            return switch (word) {
                case "https://api.your-company.com" -> api;
                case "https://chat.your-company.com" -> at();
                case "YOUR_SERVER_IP:443" -> at().substring("http://".length());
                default ->
                    word.indexOf('/') < 0 && (isNew(word) || Files.exists(folder.resolve(word)))
                            ? folder.resolve(word).toString()
                            : word;
            };
        }

        private static boolean isNew(String word) {
            return word.equals("archive") || word.equals("since-the-cut-over");
        }

        private String at() {
            return server == null ? "http://127.0.0.1:1" : server.url().toString();
        }

        /// What spares the test the patience that readers have.
        private List<String> more(String command, List<String> words) {
            return switch (command) {
                case "archive" -> List.of("--calls-per-second", "10000");
                case "mirror" ->
                    words.contains("--rounds")
                            ? List.of("--calls-per-second", "10000")
                            : List.of("--calls-per-second", "10000", "--rounds", "1");
                case "import" ->
                    words.contains("--config")
                            ? List.of("--data", folder.resolve("data").toString())
                            : List.of(
                                    "--report",
                                    folder.resolve("import-report.jsonl").toString());
                default -> List.of();
            };
        }

        /// What is not our command is the shell's; keys are pasted when it waits for them.
        private void shell(String command) throws Exception {
            Process bash = new ProcessBuilder("bash", "-c", command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            try (var in = bash.getOutputStream()) {
                if (command.startsWith("cat > "))
                    in.write((command.contains("master") ? StandIn.MASTER_KEY : "standInAppKey")
                            .getBytes(StandardCharsets.UTF_8));
            }
            assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(bash.exitValue()).as(command).isZero();
        }

        @Override
        public void close() {
            if (server != null) server.close();
        }
    }
}
