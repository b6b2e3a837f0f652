package io.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.conformance.sdk.Scene;
import io.parley.conformance.sdk.Scenes;
import io.parley.conformance.sdk.Sdk;
import io.parley.conformance.sdk.SdkClient;
import io.parley.conformance.sdk.SdkEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs the code of docs/quickstart.md as it stands there, only with the test server's address and keys.
@ExtendWith(Scenes.class)
class QuickstartTest {
    private static final Path PAGE = Path.of("..", "docs", "quickstart.md");
    private static final Pattern BLOCK = Pattern.compile("```\\w+ file=(\\S+)\\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"JS2_BROWSER", "JS5_BROWSER", "PARLEY"})
    void the_example_on_the_page_says_hello_to_jerry(Sdk sdk, Scene scene) throws IOException {
        SdkClient jerry = scene.clientCalled("Jerry", Sdk.JS5);

        String printed = scene.runs(sdk, examples(sdk), sdk.isJavaScript() ? "hello" : "Hello");

        assertThat(printed).matches("(?s).*sent [\\w-]+\\s*");
        SdkEvent greeting = jerry.expects(
                "message", event -> event.data().path("text").asText().equals("Hello from " + longName(sdk)));
        assertThat(greeting.data().path("from").asText()).isEqualTo("Tom");
        assertThat(printed).contains(greeting.data().path("id").asText());
    }

    private static String longName(Sdk sdk) {
        return (sdk.isJavaScript() ? "JavaScript " : "Java ")
                + sdk.name().charAt(sdk.name().length() - 1);
    }

    /// File name to text.
    private static Map<String, String> examples(Sdk sdk) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        String folder = sdk.name().toLowerCase(Locale.ROOT) + "/";
        BLOCK.matcher(Files.readString(PAGE)).results().forEach(block -> {
            if (block.group(1).startsWith(folder)) files.put(block.group(1).substring(folder.length()), block.group(2));
        });
        assertThat(files).as("code for %s in %s", sdk, PAGE).isNotEmpty();
        return files;
    }
}
