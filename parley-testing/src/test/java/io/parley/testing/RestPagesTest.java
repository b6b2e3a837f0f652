package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands on the pages about the REST API, run as they stand there.
class RestPagesTest {
    private static final Pattern COMMANDS = Pattern.compile("```sh run\\n(.*?)```", Pattern.DOTALL);

    @RegisterExtension
    static final ParleyServer server = ParleyServer.with().create();

    @ParameterizedTest
    @ValueSource(strings = {"rest-api.md", "streaming-replies.md"})
    void every_command_of_the_page_is_answered(String page) throws Exception {
        String id = new Operator(server)
                .done("POST", "/1.2/rtm/conversations", "{'name':'Lunch','m':['Tom','Jerry'],'unique':true}")
                .path("objectId")
                .asText();
        List<String> commands = commands(page);
        assertThat(commands).isNotEmpty();
        for (String command : commands) {
            JsonNode answer = new ObjectMapper().readTree(run(command, id));
            assertThat(answer.isMissingNode()).as(command).isFalse();
            assertThat(answer.has("error")).as("%s: %s", command, answer).isFalse();
        }
    }

    private static List<String> commands(String page) throws Exception {
        List<String> commands = new ArrayList<>();
        COMMANDS.matcher(Files.readString(Path.of("../docs").resolve(page)))
                .results()
                .forEach(block -> {
                    for (String command : block.group(1).replace("\\\n", " ").split("\n", -1))
                        if (!command.isBlank()) commands.add(command);
                });
        return commands;
    }

    private static String run(String command, String id) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command);
        builder.environment().put("URL", server.url().toString());
        builder.environment().put("ID", id);
        builder.environment()
                .put(
                        "H",
                        "-H Content-Type:application/json -H X-LC-Id:" + TestApp.ID + " -H X-LC-Key:"
                                + TestApp.MASTER_KEY + ",master");
        Process process = builder.redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as(command).isTrue();
        return printed;
    }

    @Test
    void the_page_is_about_calls_that_exist() throws Exception {
        String all = String.join("\n", server.parley().routes());
        for (String command : commands("rest-api.md")) {
            String path = command.replaceAll(".*\\$URL([^ \"?]*).*", "$1")
                    .replace("$ID", ":id")
                    .replace("Jerry", ":client");
            assertThat(all).contains(path);
        }
    }
}
