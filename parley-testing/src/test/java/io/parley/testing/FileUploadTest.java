package io.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files from the token to the download. Source: rest 14.
class FileUploadTest {
    private static final int MOST = 3_000_000;

    @RegisterExtension
    static final ParleyServer server = ParleyServer.with()
            .set("appDefaults.storage.maxFileBytes", Integer.toString(MOST))
            .create();

    private static final HttpClient http = HttpClient.newHttpClient();
    private static Rest anybody;
    private static Rest master;

    @BeforeAll
    static void callers() {
        anybody = Rest.anybody(server);
        master = Rest.master(server);
    }

    private static JsonNode token(String name, String type) throws Exception {
        return anybody.done(
                "POST",
                "/1.1/fileTokens",
                "{'name':'" + name + "','mime_type':'" + type + "','metaData':{'owner':'unknown'},'__type':'File'}");
    }

    private static HttpResponse<String> put(JsonNode token, byte[] content) throws Exception {
        return put(token.path("upload_url").asText(), content);
    }

    private static HttpResponse<String> put(String url, byte[] content) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "image/png")
                .header("Cache-Control", "public, max-age=31536000")
                .PUT(BodyPublishers.ofByteArray(content));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static void finish(JsonNode token, boolean result) throws Exception {
        anybody.done(
                "POST",
                "/1.1/fileCallback",
                "{'token':'" + token.path("token").asText() + "','result':" + result + "}");
    }

    /// Where a new file with this content is.
    private static String upload(String name, String type, byte[] content) throws Exception {
        JsonNode token = token(name, type);
        assertThat(put(token, content).statusCode()).isEqualTo(200);
        finish(token, true);
        return token.path("url").asText();
    }

    private static HttpResponse<byte[]> get(String url, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) request.headers(headers);
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @Test
    void a_file_is_uploaded_in_three_steps_and_read_by_everybody() throws Exception {
        byte[] content = bytes(2_500_000);
        Rest.Answer begun = anybody.call("POST", "/1.1/fileTokens", "{'name':'a.png','mime_type':'image/png'}");
        JsonNode token = begun.body();
        assertThat(begun.status()).isEqualTo(201);
        assertThat(token.path("provider").asText()).isEqualTo("s3");
        assertThat(token.path("key").asText()).matches("[A-Za-z0-9]{32}\\.png");
        String url = token.path("url").asText();
        assertThat(url)
                .isEqualTo(server.url() + "/files/" + TestApp.ID + "/"
                        + token.path("key").asText());

        assertThat(get(url).statusCode()).as("before the upload").isEqualTo(404);
        assertThat(put(token, content).statusCode()).isEqualTo(200);
        assertThat(get(url).statusCode()).as("before the callback").isEqualTo(200);
        finish(token, true);
        finish(token, true);

        HttpResponse<byte[]> read = get(url);
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).isEqualTo(content);
        assertThat(read.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(read.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
        assertThat(read.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(read.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");

        JsonNode row =
                anybody.done("GET", "/1.1/files/" + token.path("objectId").asText(), "");
        assertThat(row.path("url").asText()).isEqualTo(url);
        assertThat(row.path("metaData").path("size").asInt()).isEqualTo(content.length);
        assertThat(row.has("pending")).isFalse();
    }

    @Test
    void a_part_of_a_file_may_be_asked_for() throws Exception {
        String url = upload("a.txt", "text/plain", "0123456789".getBytes(UTF_8));
        HttpResponse<byte[]> part = get(url, "Range", "bytes=2-5");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).asString().isEqualTo("2345");
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 2-5/10");
        assertThat(get(url, "Range", "bytes=-3").body()).asString().isEqualTo("789");
        assertThat(get(url, "Range", "bytes=8-").body()).asString().isEqualTo("89");
        assertThat(get(url, "Range", "bytes=0-1,4-5").body()).asString().isEqualTo("0123456789");
        assertThat(get(url, "Range", "bytes=10-").statusCode()).isEqualTo(416);
        assertThat(get(url, "Range", "bytes=2-5", "If-Range", "\"other\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_file_that_is_known_is_not_sent_again() throws Exception {
        String url = upload("a.txt", "text/plain", "0123456789".getBytes(UTF_8));
        String etag = get(url).headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> known = get(url, "If-None-Match", "\"x\", " + etag);
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
        var head = HttpRequest.newBuilder(URI.create(url)).method("HEAD", BodyPublishers.noBody());
        HttpResponse<byte[]> headed = http.send(head.build(), BodyHandlers.ofByteArray());
        assertThat(headed.statusCode()).isEqualTo(200);
        assertThat(headed.headers().firstValue("Content-Length")).hasValue("10");
        assertThat(headed.headers().firstValue("ETag")).hasValue(etag);
    }

    @ParameterizedTest(name = "{0} -> {1}, {2}")
    @CsvSource({
        "image/jpeg, image/jpeg, inline",
        "video/mp4, video/mp4, inline",
        "text/plain, text/plain;charset=utf-8, inline",
        "text/html, application/octet-stream, attachment",
        "application/xhtml+xml, application/octet-stream, attachment",
        "image/svg+xml, image/svg+xml, attachment",
        "text/javascript, application/octet-stream, attachment",
        "application/zip, application/zip, attachment",
        "nonsense, application/octet-stream, attachment",
    })
    void nothing_that_was_uploaded_runs_in_a_browser(String type, String told, String disposition) throws Exception {
        HttpResponse<byte[]> read = get(upload("évil.html", type, "<script>".getBytes(UTF_8)));
        assertThat(read.headers().firstValue("Content-Type")).hasValue(told);
        assertThat(read.headers().firstValue("Content-Disposition"))
                .hasValue(disposition + "; filename*=UTF-8''%C3%A9vil.html");
        assertThat(read.headers().firstValue("Content-Security-Policy")).hasValue("default-src 'none'; sandbox");
        assertThat(read.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void a_file_keeps_its_name_when_asked_to() throws Exception {
        JsonNode token = anybody.done(
                "POST", "/1.1/fileTokens", "{'name':'截图 1/2.png','keep_file_name':true,'prefix':'gamesaves'}");
        assertThat(token.path("key").asText()).matches("gamesaves/[A-Za-z0-9]{32}/截图 1_2\\.png");
        assertThat(put(token, bytes(10)).statusCode()).isEqualTo(200);
        finish(token, true);
        assertThat(get(token.path("url").asText()).body()).isEqualTo(bytes(10));
    }

    @Test
    void an_empty_file_is_a_file() throws Exception {
        JsonNode token = anybody.done("POST", "/1.1/fileTokens", "{'name':'empty.bin','metaData':{'size':0}}");
        finish(token, true);
        HttpResponse<byte[]> read = get(token.path("url").asText());
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).isEmpty();
    }

    @Test
    void more_than_allowed_is_refused_whether_it_is_announced_or_not() throws Exception {
        JsonNode token = token("a.bin", "application/octet-stream");
        HttpResponse<String> announced = put(token, bytes(MOST + 1));
        assertThat(announced.statusCode()).isEqualTo(413);
        var request = HttpRequest.newBuilder(URI.create(token.path("upload_url").asText()))
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes(MOST + 1))));
        assertThat(http.send(request.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(413);
        assertThat(put(token, bytes(MOST)).statusCode()).isEqualTo(200);
    }

    @Test
    void an_upload_that_breaks_off_can_be_tried_again() throws Exception {
        JsonNode token = token("a.bin", "application/octet-stream");
        URI url = URI.create(token.path("upload_url").asText());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write(("PUT " + url.getRawPath() + "?" + url.getRawQuery()
                                    + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nhalf")
                            .getBytes(UTF_8));
        }
        assertThat(put(token, bytes(100)).statusCode()).isEqualTo(200);
        finish(token, true);
        assertThat(get(token.path("url").asText()).body()).isEqualTo(bytes(100));
    }

    @Test
    void a_token_is_good_for_its_own_upload_only_and_until_that_ends() throws Exception {
        JsonNode token = token("a.bin", "application/octet-stream");
        JsonNode other = token("b.bin", "application/octet-stream");
        String url = token.path("upload_url").asText();
        String text = token.path("token").asText();
        for (String wrong : new String[] {
            url.replace("?token=", "?nothing="),
            url.substring(0, url.length() - 4) + "AAAA",
            url.replace(token.path("key").asText(), other.path("key").asText()),
            url.replace(text, "e30." + text.substring(text.indexOf('.') + 1)),
        }) assertThat(put(wrong, bytes(10)).statusCode()).as(wrong).isEqualTo(403);
        assertThat(put(url.replace(TestApp.ID, "otherApp"), bytes(10)).statusCode())
                .isEqualTo(404);

        assertThat(put(url, bytes(10)).statusCode()).isEqualTo(200);
        finish(token, true);
        assertThat(put(url, bytes(20)).statusCode()).isEqualTo(403);
        finish(token, false);
        assertThat(get(token.path("url").asText()).body()).isEqualTo(bytes(10));
        anybody.call("POST", "/1.1/fileCallback", "{'token':'x.y','result':true}")
                .refusedWith(403, 403);
    }

    @Test
    void a_failed_upload_leaves_nothing() throws Exception {
        JsonNode token = token("a.bin", "application/octet-stream");
        assertThat(put(token, bytes(10)).statusCode()).isEqualTo(200);
        finish(token, false);
        finish(token, false);
        assertThat(get(token.path("url").asText()).statusCode()).isEqualTo(404);
        assertThat(anybody.done("GET", "/1.1/files/" + token.path("objectId").asText(), ""))
                .isEmpty();
        JsonNode nothing = token("b.bin", "application/octet-stream");
        anybody.call(
                        "POST",
                        "/1.1/fileCallback",
                        "{'token':'" + nothing.path("token").asText() + "','result':true}")
                .refusedWith(400, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../etc/passwd",
                "..%2F..%2Fetc%2Fpasswd",
                "%2e%2e/%2e%2e/parley.db",
                "a//b",
                "a%00b",
                "..%5C..%5Cx",
                "/",
                ""
            })
    void no_path_leads_out_of_the_store(String trick) throws Exception {
        try (Socket socket = new Socket(server.url().getHost(), server.url().getPort())) {
            socket.getOutputStream()
                    .write(("GET /files/" + TestApp.ID + "/" + trick
                                    + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).containsPattern("^HTTP/1.1 (400|404) ").contains("\"code\":");
        }
    }

    @Test
    void only_the_application_chooses_keys_and_never_one_that_is_taken() throws Exception {
        JsonNode chosen = master.done("POST", "/1.1/fileTokens", "{'name':'a.bin','key':'my/a.bin'}");
        assertThat(chosen.path("key").asText()).isEqualTo("my/a.bin");
        master.call("POST", "/1.1/fileTokens", "{'name':'b.bin','key':'my/a.bin'}")
                .refusedWith(400, 137);
        master.call("POST", "/1.1/fileTokens", "{'name':'b.bin','key':'../b'}").refusedWith(400, 1);
        JsonNode made = anybody.done("POST", "/1.1/fileTokens", "{'name':'a.bin','key':'mine.bin'}");
        assertThat(made.path("key").asText()).isNotEqualTo("mine.bin");
        anybody.call("POST", "/1.1/fileTokens", "{'name':'a.bin','prefix':'../x'}")
                .refusedWith(400, 1);
        anybody.call("POST", "/1.1/fileTokens", "{'name':''}").refusedWith(400, 1);
        anybody.call("POST", "/1.1/fileTokens", "{'name':'a','metaData':5}").refusedWith(400, 111);
    }

    @Test
    void a_file_may_be_kept_elsewhere() throws Exception {
        JsonNode made = anybody.done("POST", "/1.1/files", "{'name':'x','url':'https://example.com/x.png'}");
        JsonNode row = anybody.done("GET", "/1.1/files/" + made.path("objectId").asText(), "");
        assertThat(row.path("url").asText()).isEqualTo("https://example.com/x.png");
        assertThat(row.path("metaData").path("__source").asText()).isEqualTo("external");
        String id = anybody.create("_File", "{'name':'y','url':'http://example.com/y.png'}");
        assertThat(anybody.done("GET", "/1.1/classes/_File/" + id, "")
                        .path("name")
                        .asText())
                .isEqualTo("y");
        for (String url : new String[] {"javascript:alert(1)", "file:///etc/passwd", "", "x"})
            anybody.call("POST", "/1.1/files", "{'name':'x','url':'" + url + "'}")
                    .refusedWith(400, 1);
        anybody.call("PUT", "/1.1/files/" + id, "{'url':'https://evil.example'}")
                .refusedWith(400, 117);
    }

    @Test
    void a_deleted_file_is_gone() throws Exception {
        JsonNode token = token("a.bin", "application/octet-stream");
        put(token, bytes(10));
        finish(token, true);
        anybody.done("DELETE", "/1.1/files/" + token.path("objectId").asText(), "");
        assertThat(get(token.path("url").asText()).statusCode()).isEqualTo(404);
    }

    @Test
    void a_file_in_a_row_comes_with_its_url() throws Exception {
        JsonNode token = token("a.bin", "application/octet-stream");
        put(token, bytes(10));
        finish(token, true);
        String id = anybody.create(
                "Album",
                "{'cover':{'__type':'File','id':'" + token.path("objectId").asText() + "'}}");
        JsonNode cover = anybody.done("GET", "/1.1/classes/Album/" + id, "").path("cover");
        assertThat(cover.path("__type").asText()).isEqualTo("File");
        assertThat(cover.path("url")).isEqualTo(token.path("url"));
    }

    @Test
    void a_mini_program_uploads_with_a_form() throws Exception {
        var begin = HttpRequest.newBuilder(URI.create(server.url() + "/1.1/fileTokens"))
                .header("X-LC-Id", TestApp.ID)
                .header("X-LC-Key", TestApp.KEY)
                .header("X-LC-UA", "LeanCloud-JS-SDK/4.15.2 (Weapp)")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"a.bin\"}"));
        JsonNode token =
                Rest.json(http.send(begin.build(), BodyHandlers.ofString()).body());
        assertThat(token.path("provider").asText()).isEqualTo("qiniu");
        byte[] content = tricky();
        String boundary = "----" + UUID.randomUUID();
        var form = new ByteArrayOutputStream();
        for (String field : new String[] {"name", "key", "token"})
            form.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n"
                            + token.path(field).asText("a.bin") + "\r\n")
                    .getBytes(UTF_8));
        form.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n")
                .getBytes(UTF_8));
        form.writeBytes(content);
        form.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(UTF_8));
        var post = HttpRequest.newBuilder(URI.create(token.path("upload_url").asText()))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofByteArray(form.toByteArray()));
        HttpResponse<String> posted = http.send(post.build(), BodyHandlers.ofString());
        assertThat(posted.statusCode()).as(posted.body()).isEqualTo(200);
        assertThat(Rest.json(posted.body()).path("key")).isEqualTo(token.path("key"));
        finish(token, true);
        assertThat(get(token.path("url").asText()).body()).isEqualTo(content);
    }

    /// Much that looks like the beginning of a delimiter.
    private static byte[] tricky() {
        byte[] content = new byte[200_000];
        byte[] alphabet = "\r\n--".getBytes(UTF_8);
        Random random = new Random(7);
        for (int i = 0; i < content.length; i++) content[i] = alphabet[random.nextInt(alphabet.length)];
        return content;
    }

    @Test
    void an_image_tells_its_size() throws Exception {
        byte[] image;
        try (InputStream in = FileUploadTest.class.getResourceAsStream("/dot.png")) {
            image = in.readAllBytes();
        }
        String url = upload("dot.png", "image/png", image);
        HttpResponse<byte[]> info = get(url + "?imageInfo");
        JsonNode told = Rest.json(new String(info.body(), UTF_8));
        assertThat(told.path("format").path("format").asText()).isEqualTo("png");
        assertThat(told.path("width").asInt()).isEqualTo(3);
        assertThat(told.path("height").asInt()).isEqualTo(2);
        assertThat(get(upload("x.png", "image/png", bytes(50)) + "?imageInfo").statusCode())
                .isEqualTo(400);
        assertThat(Arrays.equals(get(url).body(), image)).isTrue();
    }

    private static HttpResponse<String> post(String name, String type, byte[] content, String... more)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/1.1/files/" + name))
                .header("X-LC-Id", TestApp.ID)
                .header("X-LC-Key", TestApp.KEY)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(content));
        if (more.length > 0) request.headers(more);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void a_file_may_come_as_the_body_of_one_call() throws Exception {
        HttpResponse<String> made = post("%E6%88%AA%E5%9B%BE.png", "image/png", bytes(2_000_000));
        JsonNode file = Rest.json(made.body());
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location"))
                .hasValue(file.path("url").asText());
        assertThat(file.path("name").asText()).isEqualTo("截图.png");
        assertThat(file.path("size").asInt()).isEqualTo(2_000_000);
        HttpResponse<byte[]> read = get(file.path("url").asText());
        assertThat(read.body()).isEqualTo(bytes(2_000_000));
        assertThat(read.headers().firstValue("Content-Type")).hasValue("image/png");
        JsonNode row = anybody.done("GET", "/1.1/files/" + file.path("objectId").asText(), "");
        assertThat(row.path("url")).isEqualTo(file.path("url"));
        assertThat(row.path("metaData").path("size").asInt()).isEqualTo(2_000_000);
        assertThat(row.has("pending")).isFalse();
    }

    @Test
    void a_file_in_one_call_is_refused_and_guarded_like_any_other() throws Exception {
        assertThat(post("a.bin", "image/png", bytes(MOST + 1)).statusCode()).isEqualTo(413);
        assertThat(post("a".repeat(256), "image/png", bytes(1)).statusCode()).isEqualTo(400);
        JsonNode page = Rest.json(post("a.html", "text/html", bytes(10)).body());
        HttpResponse<byte[]> read = get(page.path("url").asText());
        assertThat(read.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(read.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment");
        assertThat(page.path("key").asText()).matches("[A-Za-z0-9]{32}\\.html");
        assertThat(Rest.json(post("..%2F..%2Fx", "image/png", bytes(10)).body())
                        .path("key")
                        .asText())
                .matches("[A-Za-z0-9]{32}");
        assertThat(post("a.bin", "image/png", bytes(1), "X-LC-Session", "nobody's")
                        .statusCode())
                .isEqualTo(403);
        var keyless = HttpRequest.newBuilder(URI.create(server.url() + "/1.1/files/a.bin"))
                .POST(BodyPublishers.ofByteArray(bytes(1)));
        assertThat(http.send(keyless.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
        anybody.call("POST", "/1.1/batch", "{'requests':[{'method':'POST','path':'/1.1/files/a.bin','body':{}}]}")
                .body()
                .forEach(part ->
                        assertThat(part.path("error").path("code").asInt()).isEqualTo(1));
    }

    @Test
    void a_film_tells_its_length() throws Exception {
        var film = new ByteArrayOutputStream();
        film.writeBytes(box("ftyp", "isomiso2".getBytes(UTF_8)));
        film.writeBytes(box("mdat", bytes(5_000)));
        byte[] times =
                ByteBuffer.allocate(100).putInt(12, 600).putInt(16, 4_350).array();
        film.writeBytes(box("moov", box("mvhd", times)));
        HttpResponse<byte[]> info = get(upload("a.mp4", "video/mp4", film.toByteArray()) + "?avinfo");
        JsonNode format = Rest.json(new String(info.body(), UTF_8)).path("format");
        assertThat(format.path("format_name").asText()).contains("mp4");
        assertThat(format.path("duration").asDouble()).isEqualTo(7.25);
        assertThat(format.path("size").asInt()).isEqualTo(film.size());
    }

    private static byte[] box(String name, byte[] content) {
        return ByteBuffer.allocate(8 + content.length)
                .putInt(8 + content.length)
                .put(name.getBytes(UTF_8))
                .put(content)
                .array();
    }

    @Test
    void a_sound_tells_its_length() throws Exception {
        byte[] sound = ByteBuffer.allocate(44 + 16_000)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(UTF_8))
                .putInt(36 + 16_000)
                .put("WAVEfmt ".getBytes(UTF_8))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(8_000)
                .putInt(8_000)
                .putShort((short) 1)
                .putShort((short) 8)
                .put("data".getBytes(UTF_8))
                .putInt(16_000)
                .array();
        HttpResponse<byte[]> info = get(upload("a.wav", "audio/wav", sound) + "?avinfo");
        JsonNode format = Rest.json(new String(info.body(), UTF_8)).path("format");
        assertThat(format.path("format_name").asText()).isEqualTo("wav");
        assertThat(format.path("duration").asDouble()).isEqualTo(2.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 12, 20, 40, 1_000})
    void what_is_no_sound_or_film_is_told_as_json(int size) throws Exception {
        byte[] content = bytes(size);
        String name = "ftyp"; // a box that promises more than there is
        if (size > 8) System.arraycopy(name.getBytes(UTF_8), 0, content, 4, 4);
        JsonNode token = anybody.done("POST", "/1.1/fileTokens", "{'name':'x.mp4','metaData':{'size':0}}");
        if (size > 0) put(token, content);
        finish(token, true);
        HttpResponse<byte[]> info = get(token.path("url").asText() + "?avinfo");
        assertThat(info.statusCode()).isEqualTo(400);
        assertThat(Rest.json(new String(info.body(), UTF_8)).path("code").asInt())
                .isEqualTo(1);
    }
}
