package io.parley.client;

import static io.parley.client.Device.await;
import static io.parley.client.Device.failure;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parley.client.internal.Json;
import io.parley.testing.ParleyServer;
import io.parley.testing.TestApp;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaTest extends TwoDevices {
    @TempDir
    Path folder;

    private final AVIMClient tom = phone.enters("Tom");
    private final AVIMClient jerry = laptop.enters("Jerry");
    private final AVIMConversation chat = talk(tom, jerry);

    private <T extends AVIMFileMessage> T hears(Class<T> kind) {
        AVIMMessage heard = laptop.events.next("message").message();
        assertThat(heard).isExactlyInstanceOf(kind);
        return kind.cast(heard);
    }

    private static HttpResponse<byte[]> get(String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .headers("X-LC-Id", TestApp.ID, "X-LC-Key", TestApp.MASTER_KEY + ",master")
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofByteArray());
        }
    }

    /// What the server lists of the files with that name.
    private static List<Object> rows(ParleyServer of, String name) throws Exception {
        String where = URLEncoder.encode("{\"name\":\"" + name + "\"}", UTF_8);
        String answer = new String(get(of.url() + "/1.1/files?where=" + where).body(), UTF_8);
        Object results = Json.object(answer).get("results");
        return results instanceof List<?> list ? List.copyOf(list) : List.of();
    }

    private Path photo(String name, String format) throws IOException {
        Path file = folder.resolve(name);
        ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), format, file.toFile());
        return file;
    }

    @Test
    void a_photo_of_this_device_is_uploaded_and_the_message_tells_what_it_is() throws Exception {
        Path photo = photo("me.jpg", "jpg");
        AVIMImageMessage message = new AVIMImageMessage(photo.toString());
        message.setText("me");
        message.setAttrs(Map.of("location", "旧金山"));

        await(chat.sendMessage(message));

        AVIMImageMessage heard = hears(AVIMImageMessage.class);
        HttpResponse<byte[]> downloaded = get(heard.getFileUrl());
        assertThat(downloaded.statusCode()).isEqualTo(200);
        assertThat(downloaded.body()).isEqualTo(Files.readAllBytes(photo));
        assertThat(downloaded.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(rows(server, "me.jpg"))
                .singleElement()
                .extracting(row -> ((Map<?, ?>) row).get("objectId"))
                .isEqualTo(heard.getAVFile().getObjectId());
        assertThat(heard.getFileMetaData())
                .isEqualTo(Map.of(
                        "name",
                        "me.jpg",
                        "format",
                        "image/jpeg",
                        "size",
                        (int) Files.size(photo),
                        "width",
                        64,
                        "height",
                        48));
        assertThat(heard.getWidth()).isEqualTo(64);
        assertThat(heard.getHeight()).isEqualTo(48);
        assertThat(heard.getSize()).isEqualTo(Files.size(photo));
        assertThat(heard.getFormat()).isEqualTo("image/jpeg");
        assertThat(heard.getText()).isEqualTo("me");
        assertThat(heard.getAttrs()).isEqualTo(Map.of("location", "旧金山"));
    }

    @Test
    void the_content_counts_and_not_the_name() throws Exception {
        AVIMImageMessage message =
                new AVIMImageMessage(photo("strange.bin", "png").toFile());

        await(chat.sendMessage(message));

        assertThat(message.getFormat()).isEqualTo("image/png");
        assertThat(message.getWidth()).isEqualTo(64);
    }

    @Test
    void a_recording_tells_how_long_it_is() throws Exception {
        AudioFormat format = new AudioFormat(8000, 16, 1, true, false);
        byte[] silence = new byte[8000 * 2 * 3];
        Path wav = folder.resolve("three-seconds.wav");
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(silence), format, silence.length / 2),
                AudioFileFormat.Type.WAVE,
                wav.toFile());
        AVIMAudioMessage message = new AVIMAudioMessage(wav.toString());

        await(chat.sendMessage(message));

        AVIMAudioMessage heard = hears(AVIMAudioMessage.class);
        assertThat(heard.getDuration()).isEqualTo(3);
        assertThat(heard.getSize()).isEqualTo(Files.size(wav));
    }

    /// The boxes of a film that say how long it is: 12.5 seconds, in units of a 600th.
    private static byte[] film() {
        ByteBuffer film = ByteBuffer.allocate(20 + 8 + 108);
        film.putInt(20).put("ftypisom".getBytes(US_ASCII)).putInt(0).put("isom".getBytes(US_ASCII));
        film.putInt(8 + 108).put("moov".getBytes(US_ASCII));
        film.putInt(108).put("mvhd".getBytes(US_ASCII)).putInt(0).putInt(0).putInt(0);
        film.putInt(600).putInt(7500).putInt(0x10000).putShort((short) 0x100);
        return film.array();
    }

    @Test
    void a_film_tells_how_long_it_is() {
        AVIMVideoMessage message = new AVIMVideoMessage(new AVFile("film", film()));

        await(chat.sendMessage(message));

        assertThat(message.getDuration()).isEqualTo(12.5);
        assertThat(message.getFormat()).isEqualTo("video/mp4");
    }

    private record Upload(AVIMFileMessage message, byte[] content) {}

    /// Each kind of media, each from another source.
    private Stream<Upload> uploads() throws Exception {
        Path photo = photo("dot.png", "png");
        byte[] bytes = Files.readAllBytes(photo);
        AVFile stream = AVFile.withStream("clip.mp4", film().length, () -> new ByteArrayInputStream(film()));
        AVFile file = AVFile.withAbsoluteLocalPath("dot", photo.toString());
        return Stream.of(
                new Upload(new AVIMImageMessage(photo.toString()), bytes),
                new Upload(new AVIMAudioMessage(photo.toFile()), bytes),
                new Upload(new AVIMVideoMessage(stream), film()),
                new Upload(new AVIMFileMessage(new AVFile("note.txt", new byte[] {1, 2, 3})), new byte[] {1, 2, 3}),
                new Upload(new AVIMFileMessage(file), bytes));
    }

    @Test
    void every_kind_of_media_from_every_source_is_found_again_where_the_message_says() throws Exception {
        for (Upload upload : uploads().toList()) {
            await(chat.sendMessage(upload.message()));

            AVIMFileMessage heard = hears(upload.message().getClass());
            assertThat(get(heard.getFileUrl()).body()).isEqualTo(upload.content());
            assertThat(heard.getSize()).isEqualTo(upload.content().length);
            assertThat(heard.getFileMetaData())
                    .isEqualTo(Json.object(Json.write(upload.message().getFileMetaData())));
        }
    }

    @Test
    void the_progress_of_an_upload_is_told_up_to_the_end() throws Exception {
        byte[] big = new byte[3_000_000];
        new Random(1).nextBytes(big);
        List<Integer> progress = new CopyOnWriteArrayList<>();

        AVIMFileMessage message = new AVIMFileMessage(new AVFile("big.dat", big));
        await(chat.sendMessage(message, new AVIMMessageOption().setUploadProgress(progress::add)));

        assertThat(progress).isSorted().doesNotHaveDuplicates().endsWith(100).hasSizeGreaterThan(5);
        assertThat(get(message.getFileUrl()).body()).isEqualTo(big);
        assertThat(message.getFileMetaData()).containsEntry("name", "big.dat").containsEntry("size", 3_000_000L);
    }

    @Test
    void a_stream_is_uploaded_too_and_what_the_application_knows_counts_more() {
        AVFile film = AVFile.withStream("film.mp4", 4, () -> new ByteArrayInputStream(new byte[4]));
        film.addMetaData("duration", 7.5);

        AVIMVideoMessage message = new AVIMVideoMessage(film);
        await(chat.sendMessage(message));

        assertThat(message.getDuration()).isEqualTo(7.5);
        assertThat(message.getFormat()).isEqualTo("video/mp4");
    }

    @Test
    void a_file_is_uploaded_once_however_often_it_is_sent() throws Exception {
        AVFile file = new AVFile("again.txt", new byte[] {1, 2, 3});

        await(chat.sendMessage(new AVIMFileMessage(file)));
        await(chat.sendMessage(new AVIMFileMessage(file)));

        assertThat(hears(AVIMFileMessage.class).getFileUrl())
                .isEqualTo(hears(AVIMFileMessage.class).getFileUrl());
        assertThat(rows(server, "again.txt")).hasSize(1);
    }

    @Test
    void a_file_of_another_site_is_not_uploaded() throws Exception {
        AVIMImageMessage message = new AVIMImageMessage(new AVFile("a-cat", "http://example.com/cat.gif"));

        await(chat.sendMessage(message));

        AVIMImageMessage heard = hears(AVIMImageMessage.class);
        assertThat(heard.getFileUrl()).isEqualTo("http://example.com/cat.gif");
        assertThat(heard.getAVFile().getObjectId()).isEmpty();
        assertThat(heard.getFileMetaData()).isEmpty();
        assertThat(heard.getWidth()).isZero();
        assertThat(rows(server, "a-cat")).isEmpty();
    }

    @Test
    void an_upload_that_the_server_refuses_fails_the_message_and_leaves_nothing_behind() throws Exception {
        try (ParleyServer strict = ParleyServer.with()
                        .set("appDefaults.storage.maxFileBytes", "10")
                        .start();
                Device other = Device.of(strict)) {
            AVIMConversation talk = talk(other.enters("Tom"), other.enters("Jerry"));
            AVIMFileMessage message = new AVIMFileMessage(new AVFile("long.txt", new byte[11]));

            AVIMException error = failure(talk.sendMessage(message));

            assertThat(error.getCode()).isEqualTo(413);
            assertThat(error).hasMessageContaining("at most 10 bytes");
            assertThat(message.getMessageStatus()).isEqualTo(AVIMMessage.AVIMMessageStatus.AVIMMessageStatusFailed);
            // The server hears of the failure behind the application's back.
            Awaitility.await()
                    .untilAsserted(() -> assertThat(rows(strict, "long.txt")).isEmpty());
        }
    }

    @Test
    void a_file_that_is_not_there_is_noticed_before_anything_is_sent() {
        assertThat(catchThrowable(
                        () -> new AVIMFileMessage(folder.resolve("nothing").toString())))
                .isInstanceOf(IOException.class);
    }
}
