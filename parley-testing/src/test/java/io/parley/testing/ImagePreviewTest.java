package io.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Thumbnails, as all SDKs ask for them, and what strangers may upload in place of images. Source: rest 14.3.
class ImagePreviewTest {
    @RegisterExtension
    static final ParleyServer server = ParleyServer.with().create();

    private static final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void withoutScreen() {
        System.setProperty("java.awt.headless", "true");
    }

    private static String upload(String name, String type, byte[] content) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.url() + "/1.1/files/" + name))
                .header("X-LC-Id", TestApp.ID)
                .header("X-LC-Key", TestApp.KEY)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(content));
        return Rest.json(http.send(request.build(), BodyHandlers.ofString()).body())
                .path("url")
                .asText();
    }

    private static HttpResponse<byte[]> get(String url, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) request.headers(headers);
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    /// Red in its left half, blue in the right one.
    private static BufferedImage picture(int width, int height, int type) {
        var image = new BufferedImage(width, height, type);
        for (int x = 0; x < width; x++)
            for (int y = 0; y < height; y++) image.setRGB(x, y, (x < width / 2 ? Color.RED : Color.BLUE).getRGB());
        return image;
    }

    private static byte[] encoded(BufferedImage image, String format) throws Exception {
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    private static byte[] jpeg(int width, int height) throws Exception {
        return encoded(picture(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
    }

    private static BufferedImage image(HttpResponse<byte[]> answer) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(answer.body()));
    }

    @Test
    void a_thumbnail_is_what_sdks_ask_for() throws Exception {
        String url = upload("a.jpg", "image/jpeg", jpeg(800, 400));
        HttpResponse<byte[]> small = get(url + "?imageView/2/w/100/h/100/q/100/format/png");
        assertThat(small.statusCode()).isEqualTo(200);
        assertThat(small.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(small.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
        assertThat(small.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        BufferedImage image = image(small);
        assertThat(image.getWidth()).isEqualTo(100);
        assertThat(image.getHeight()).isEqualTo(50);
        assertThat(isRed(image.getRGB(10, 25))).isTrue();
        assertThat(isRed(image.getRGB(90, 25))).isFalse();
    }

    private static boolean isRed(int pixel) {
        var color = new Color(pixel);
        return color.getRed() > 200 && color.getBlue() < 60;
    }

    @ParameterizedTest(name = "{0} -> {1} x {2}")
    @CsvSource({
        "0/w/100/h/60, 100, 50",
        "0/w/100, 100, 50",
        "0/h/25, 50, 25",
        "1/w/100/h/100, 100, 100",
        "1/w/60, 60, 60",
        "2/w/100.0/h/20.0, 40, 20",
        "2/w/100, 100, 50",
        "2/h/100/, 200, 100",
        "3/w/100/h/100, 200, 100",
        "4/w/100/h/60, 120, 60",
        "5/w/100/h/60, 100, 60",
        "2/w/9999/h/9999, 800, 400",
        "1/w/9999/h/9999, 800, 400",
        "2/w/1/h/1, 1, 1",
    })
    void each_mode_fits_the_image_into_its_box(String wish, int width, int height) throws Exception {
        BufferedImage image = image(get(upload("a.jpg", "image/jpeg", jpeg(800, 400)) + "?imageView/" + wish));
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
    }

    @ParameterizedTest(name = "{0} -> {1} x {2}")
    @CsvSource({"0/w/100/h/60, 50, 100", "5/w/100/h/60, 60, 100", "2/w/100/h/60, 30, 60"})
    void an_upright_image_has_its_long_edge_upright(String wish, int width, int height) throws Exception {
        BufferedImage image = image(get(upload("a.jpg", "image/jpeg", jpeg(400, 800)) + "?imageView/" + wish));
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
    }

    @ParameterizedTest(name = "{0} as {1} -> {2}")
    @CsvSource({
        "png, none, image/png",
        "gif, none, image/gif",
        "jpeg, none, image/jpeg",
        "png, jpg, image/jpeg",
        "gif, png, image/png",
        "jpeg, gif, image/gif",
        "png, webp, image/png",
        "jpeg, webp, image/jpeg",
    })
    void a_preview_has_the_format_that_was_asked_for(String from, String wanted, String type) throws Exception {
        boolean transparent = !from.equals("jpeg");
        byte[] content =
                encoded(picture(90, 90, transparent ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB), from);
        String url = upload("picture", "application/octet-stream", content);
        String format = wanted.equals("none") ? "" : "/format/" + wanted;
        HttpResponse<byte[]> preview = get(url + "?imageView/2/w/30" + format);
        assertThat(preview.headers().firstValue("Content-Type")).hasValue(type);
        assertThat(preview.headers().firstValue("Content-Disposition")).hasValue("inline");
        BufferedImage image = image(preview);
        assertThat(image.getWidth()).isEqualTo(30);
        assertThat(isRed(image.getRGB(5, 15))).isTrue();
    }

    @Test
    void less_quality_takes_fewer_bytes() throws Exception {
        String url = upload("a.jpg", "image/jpeg", jpeg(800, 400));
        assertThat(get(url + "?imageView/2/w/300/q/5").body().length)
                .isLessThan(get(url + "?imageView/2/w/300/q/100").body().length);
    }

    @Test
    void the_left_half_of_a_photograph_on_its_side_comes_out_on_top() throws Exception {
        byte[] upright = jpeg(200, 100);
        byte[] exif = ByteBuffer.allocate(36)
                .putShort((short) 0xFFE1)
                .putShort((short) 34)
                .put("Exif\0\0MM".getBytes(UTF_8))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) 6) // to be turned clockwise
                .array();
        byte[] content = ByteBuffer.allocate(upright.length + exif.length)
                .put(upright, 0, 2)
                .put(exif)
                .put(upright, 2, upright.length - 2)
                .array();
        String url = upload("a.jpg", "image/jpeg", content);
        BufferedImage whole = image(get(url + "?imageView/2/w/100/h/100"));
        assertThat(whole.getWidth()).isEqualTo(50);
        assertThat(whole.getHeight()).isEqualTo(100);
        assertThat(isRed(whole.getRGB(25, 10))).isTrue();
        assertThat(isRed(whole.getRGB(25, 90))).isFalse();
        BufferedImage cut = image(get(url + "?imageView/1/w/20/h/10"));
        assertThat(cut.getWidth()).isEqualTo(20);
        assertThat(cut.getHeight()).isEqualTo(10);
        assertThat(isRed(cut.getRGB(10, 1))).isTrue();
        assertThat(isRed(cut.getRGB(10, 8))).isFalse();
    }

    @Test
    void a_preview_that_is_known_is_not_sent_again() throws Exception {
        String url = upload("a.jpg", "image/jpeg", jpeg(80, 40));
        String etag =
                get(url + "?imageView/2/w/30").headers().firstValue("ETag").orElseThrow();
        assertThat(get(url + "?imageView/2/w/30", "If-None-Match", etag).statusCode())
                .isEqualTo(304);
        assertThat(get(url + "?imageView/2/w/31", "If-None-Match", etag).statusCode())
                .isEqualTo(200);
        assertThat(get(url, "If-None-Match", etag).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/6/w/10",
                "/-1/w/10",
                "/x/w/10",
                "/2",
                "/2/w",
                "/2/w/0",
                "/2/w/10000",
                "/2/w/NaN",
                "/2/w/1e99",
                "/2/w/10/q/0",
                "/2/w/10/q/101",
                "/2/w/10/format/svg",
                "/2/w/10/file/x",
                "/2/w/10/h/"
            })
    void a_wish_that_cannot_be_is_refused(String wish) throws Exception {
        HttpResponse<byte[]> refused = get(upload("a.jpg", "image/jpeg", jpeg(8, 8)) + "?imageView" + wish);
        assertThat(refused.statusCode()).isEqualTo(400);
        JsonNode body = Rest.json(new String(refused.body(), UTF_8));
        assertThat(body.path("code").asInt()).isEqualTo(1);
        assertThat(body.path("error").asText()).contains("imageView");
    }

    @Test
    void what_is_no_image_comes_as_it_is() throws Exception {
        byte[] text = "no image".getBytes(UTF_8);
        byte[] broken = Arrays.copyOf(jpeg(800, 400), 20);
        for (byte[] content : new byte[][] {text, broken, new byte[0], {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}}) {
            HttpResponse<byte[]> answer = get(upload("a.jpg", "image/jpeg", content) + "?imageView/2/w/10");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("public, max-age=3600");
            assertThat(answer.body()).isEqualTo(content);
        }
        assertThat(get(server.url() + "/files/" + TestApp.ID + "/none.jpg?imageView/2/w/10")
                        .statusCode())
                .isEqualTo(404);
    }

    /// A PNG of a few bytes that says it is so large, or has a palette that would fill the memory.
    private static byte[] bomb(int width, int height, int paletteBytes) {
        ByteBuffer png = ByteBuffer.allocate(200);
        png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        byte[] header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(UTF_8))
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 3, 0, 0, 0})
                .array();
        var crc = new CRC32();
        crc.update(header);
        png.putInt(13).put(header).putInt((int) crc.getValue());
        png.putInt(paletteBytes).put("PLTE".getBytes(UTF_8));
        return png.array();
    }

    @ParameterizedTest(name = "{0} x {1}, {2}")
    @CsvSource({
        "30000, 30000, 3",
        "2147483647, 1, 3",
        "1, 2147483647, 3",
        "-1, -1, 3",
        "0, 0, 3",
        "5001, 5200, 3",
        "10, 10, 2147483647",
        "10, 10, -1",
    })
    void an_image_that_is_too_large_is_not_unpacked(int width, int height, int palette) throws Exception {
        byte[] content = bomb(width, height, palette);
        HttpResponse<byte[]> answer = get(upload("a.png", "image/png", content) + "?imageView/2/w/10");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(content);
    }

    @Test
    void a_jpeg_of_too_many_passes_is_not_unpacked() throws Exception {
        byte[] image = jpeg(8, 8);
        byte[] content = Arrays.copyOf(image, image.length + 200);
        for (int i = image.length; i < content.length; i += 2) {
            content[i] = (byte) 0xFF;
            content[i + 1] = (byte) 0xDA;
        }
        assertThat(get(upload("a.jpg", "image/jpeg", content) + "?imageView/2/w/4")
                        .body())
                .isEqualTo(content);
    }

    @Test
    void many_previews_at_once_are_all_answered() throws Exception {
        String url = upload("a.jpg", "image/jpeg", jpeg(800, 400));
        var asked = new ArrayList<CompletableFuture<HttpResponse<byte[]>>>();
        for (int i = 1; i <= 60; i++)
            asked.add(http.sendAsync(
                    HttpRequest.newBuilder(URI.create(url + "?imageView/2/w/" + i))
                            .build(),
                    BodyHandlers.ofByteArray()));
        for (var answer : asked) assertThat(image(answer.get())).isNotNull();
    }
}
