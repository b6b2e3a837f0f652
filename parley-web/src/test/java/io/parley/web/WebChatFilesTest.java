package io.parley.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.app.App;
import io.parley.core.app.AppSettings;
import io.parley.core.command.AppId;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebChatFilesTest {
    private static final App APP = new App(new AppId("app-1"), "public-key", "secret-key", AppSettings.DEFAULT);

    private final AtomicReference<Optional<App>> app = new AtomicReference<>(Optional.of(APP));
    private final HttpClient http = HttpClient.newHttpClient();
    private final Vertx vertx = Vertx.vertx();
    private int port;

    @BeforeAll
    void serve() {
        var router = Router.router(vertx);
        WebChat.mount(router, app::get);
        HttpServer server = vertx.createHttpServer().requestHandler(router);
        port = server.listen(0, "127.0.0.1").await().actualPort();
    }

    @AfterAll
    void close() {
        http.close();
        vertx.close().await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console", "/demo/", "/demo/battle", "/demo/tour"})
    void the_pages_forbid_inline_code(String path) throws Exception {
        var page = get(path);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(header(page, "content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(page, "content-security-policy"))
                .contains("script-src 'self'", "connect-src 'self' ws: wss:")
                .doesNotContain("unsafe");
        assertThat(text(page))
                .doesNotContainPattern("<script(?![^>]*src=)")
                .doesNotContainPattern("\\s(style|on\\w+)=");
    }

    @ParameterizedTest
    @CsvSource({
        "/,web/vendor/leancloud-realtime/im-browser.min.js",
        "/,web/chat/main.js",
        "/console,web/console/main.js"
    })
    void every_file_the_page_names_is_served_from_here_with_its_type(String page, String one) throws Exception {
        List<String> files = Pattern.compile("(?:href|src)=\"(?!#)([^\"]+)\"")
                .matcher(text(get(page)))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(files).contains(one);
        for (String file : files) {
            var answer = get("/" + file);
            assertThat(answer.statusCode()).as(file).isEqualTo(200);
            assertThat(header(answer, "content-type")).as(file).isIn(typesFor(file));
        }
    }

    @Test
    void every_module_imports_only_modules_that_are_served() throws Exception {
        for (String name : Asset.loadAll().keySet()) {
            if (!name.startsWith("chat/") && !name.startsWith("console/") && !name.startsWith("demo/")) continue;
            var imports = Pattern.compile("from '(.+?)'").matcher(text(get("/web/" + name)));
            while (imports.find()) {
                String target =
                        URI.create("/web/" + name).resolve(imports.group(1)).getPath();
                assertThat(get(target).statusCode())
                        .as("%s imports %s", name, target)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void every_link_of_the_list_of_demos_leads_somewhere() throws Exception {
        assertThat(header(get("/demo"), "location")).isEqualTo("demo/");
        var list = URI.create("/demo/");
        List<String> links = Pattern.compile("(?:href|src)=\"([^\"]+)\"")
                .matcher(text(get(list.getPath())))
                .results()
                .map(found -> list.resolve(found.group(1)).getPath())
                .toList();

        assertThat(links).contains("/", "/demo/battle", "/demo/tour");
        assertThat(links).contains("/web/demo/TerminalChat.java", "/web/demo/ChatActivity.java");
        for (String link : links) assertThat(get(link).statusCode()).as(link).isEqualTo(200);
    }

    @Test
    void the_licence_of_the_sdk_comes_with_it() throws Exception {
        assertThat(text(get("/web/vendor/leancloud-realtime/LICENSE"))).contains("Permission is hereby granted");
    }

    @Test
    void a_browser_that_knows_a_file_hears_that_it_did_not_change() throws Exception {
        String etag = header(get("/web/chat/main.js"), "etag");

        var again = get("/web/chat/main.js", "If-None-Match", etag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "cache-control")).isEqualTo("no-cache");
    }

    @Test
    void files_are_compressed_for_browsers_that_ask() throws Exception {
        var compressed = get("/web/chat/texts.js", "Accept-Encoding", "gzip, br");

        assertThat(header(compressed, "content-encoding")).isEqualTo("gzip");
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(gzip.readAllBytes()).isEqualTo(get("/web/chat/texts.js").body());
        }
    }

    @Test
    void who_only_asks_whether_the_page_is_there_hears_so() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .HEAD()
                .build();

        var answer = http.send(request, BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "content-length")).isEqualTo(String.valueOf(get("/").body().length));
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void the_page_learns_the_app_and_never_the_master_key() throws Exception {
        var config = get("/web/config.json");

        assertThat(new JsonObject(text(config)))
                .isEqualTo(new JsonObject().put("appId", "app-1").put("appKey", "public-key"));
        assertThat(header(config, "cache-control")).isEqualTo("no-store");
    }

    @Test
    void without_an_app_there_is_no_configuration() throws Exception {
        app.set(Optional.empty());
        try {
            assertThat(get("/web/config.json").statusCode()).isEqualTo(404);
        } finally {
            app.set(Optional.of(APP));
        }
    }

    @Test
    void nothing_else_of_the_class_path_is_served() throws Exception {
        for (String path :
                List.of("/web/", "/web/none.js", "/web/../META-INF/MANIFEST.MF", "/web/%2e%2e/logback.xml")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    private static List<String> typesFor(String file) {
        return switch (file.substring(file.lastIndexOf('.') + 1)) {
            case "js" -> List.of("text/javascript; charset=utf-8");
            case "css" -> List.of("text/css; charset=utf-8");
            case "svg" -> List.of("image/svg+xml");
            default -> List.of();
        };
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) request.headers(headers);
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("(none)");
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
