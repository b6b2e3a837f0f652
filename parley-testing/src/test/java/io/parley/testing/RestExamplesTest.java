package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.parley.rest.ApiDocument;
import io.parley.testing.RestScene.Example;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Every call of the REST API with its answer, and how it refuses: requests, statuses and bodies are in the files of
/// the folder `rest` beside this class. Source: rest, all sections.
class RestExamplesTest {
    private static final List<RestScene> SCENES = RestScene.readAll(folder());

    /// Calls that are no request with one answer, and what moves a whole application: they have tests of their own.
    private static final Pattern ELSEWHERE = Pattern.compile(
            "(.* /1.1/(functions|call)/.*|.* /x/(import|export|outbox)/.*|.*/streams|.* /(upload|files)/.*|GET /metrics|GET .*/trace)");

    @RegisterExtension
    static final ParleyServer server = server();

    private static final List<RestStage> stages = new ArrayList<>();

    private static Path folder() {
        try {
            URL folder = RestExamplesTest.class.getResource("rest");
            return Path.of(
                    Objects.requireNonNull(folder, "the folder of examples").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ParleyServer server() {
        var server = ParleyServer.with().set("connections.noticeDelay", "0ms");
        for (int i = 0; i < SCENES.size(); i++) server.app(app(i), RestStage.key(app(i)), RestStage.masterKey(app(i)));
        return server.create();
    }

    private static String app(int scene) {
        return "scene" + scene;
    }

    @AfterAll
    static void close() {
        stages.forEach(RestStage::close);
    }

    @TestFactory
    List<DynamicNode> every_example_is_answered_as_it_says() {
        List<DynamicNode> nodes = new ArrayList<>();
        for (int i = 0; i < SCENES.size(); i++) {
            RestScene scene = SCENES.get(i);
            String app = app(i);
            nodes.add(dynamicContainer(
                    scene.file() + ": " + scene.name(),
                    Stream.of(scene).flatMap(one -> play(one, app)))); // when its turn comes
        }
        return nodes;
    }

    private static Stream<DynamicTest> play(RestScene scene, String app) {
        try {
            RestStage stage = new RestStage(server, app, scene.settings());
            stages.add(stage);
            return scene.steps().stream().map(step -> dynamicTest(step.label(), () -> stage.play(step)));
        } catch (Exception e) {
            throw new IllegalStateException(scene.name(), e);
        }
    }

    @Test
    void every_call_has_an_example() {
        Set<String> missing = new TreeSet<>(ApiDocument.read().calls());
        missing.removeIf(call -> ELSEWHERE.matcher(call).matches());
        List<String> calls = ApiDocument.read().calls().stream()
                .sorted(Comparator.comparingLong(
                        call -> call.chars().filter(c -> c == ':' || c == '*').count()))
                .toList();
        for (RestScene scene : SCENES)
            for (RestScene.Step step : scene.steps())
                if (step instanceof Example example && example.answer().error().isEmpty())
                    calls.stream()
                            .filter(call -> Pattern.matches(
                                    call.replaceAll("[:*]\\w+", "[^/]+"),
                                    example.method() + " " + example.path().replaceAll("\\?.*", "")))
                            .findFirst()
                            .ifPresent(missing::remove);
        assertThat(missing)
                .as("calls of api.txt without an example that succeeds")
                .isEmpty();
    }
}
