package io.parley.client;

import static io.parley.client.Device.await;
import static io.parley.client.Device.failure;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaTest extends TwoDevices {
    @TempDir
    Path folder;

    private final FileService files = new FileService();
    private final Device camera = Device.of(
            files.url(), options -> options.socketUrl(server.webSocketUrl().toString()));
    private final AVIMClient tom = camera.enters("Tom");
    private final AVIMClient jerry = laptop.enters("Jerry");
    private final AVIMConversation chat = talk(tom, jerry);

    @AfterEach
    void close() {
        camera.close();
        files.close();
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

        AVIMImageMessage heard =
                (AVIMImageMessage) laptop.events.next("message").message();
        assertThat(files.files.get("key1")).isEqualTo(Files.readAllBytes(photo));
        assertThat(files.types).containsExactly("PUT image/jpeg");
        assertThat(files.callbacks).containsExactly(Map.of("result", true, "token", "t-key1"));
        assertThat(heard.getFileUrl()).isEqualTo(files.url() + "/key1");
        assertThat(heard.getAVFile().getObjectId()).isEqualTo("id-key1");
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

        AVIMAudioMessage heard =
                (AVIMAudioMessage) laptop.events.next("message").message();
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

    @Test
    void the_progress_of_an_upload_is_told_up_to_the_end() {
        byte[] big = new byte[3_000_000];
        new Random(1).nextBytes(big);
        List<Integer> progress = new CopyOnWriteArrayList<>();

        AVIMFileMessage message = new AVIMFileMessage(new AVFile("big.dat", big));
        await(chat.sendMessage(message, new AVIMMessageOption().setUploadProgress(progress::add)));

        assertThat(progress).isSorted().doesNotHaveDuplicates().endsWith(100).hasSizeGreaterThan(5);
        assertThat(files.files.get("key1")).isEqualTo(big);
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
    void a_file_is_uploaded_once_however_often_it_is_sent() {
        AVFile file = new AVFile("note.txt", new byte[] {1, 2, 3});

        await(chat.sendMessage(new AVIMFileMessage(file)));
        await(chat.sendMessage(new AVIMFileMessage(file)));

        assertThat(files.tokens).hasSize(1);
    }

    @Test
    void a_file_of_another_site_is_not_uploaded() {
        AVIMImageMessage message = new AVIMImageMessage(new AVFile("cat", "http://example.com/cat.gif"));

        await(chat.sendMessage(message));

        AVIMImageMessage heard =
                (AVIMImageMessage) laptop.events.next("message").message();
        assertThat(heard.getFileUrl()).isEqualTo("http://example.com/cat.gif");
        assertThat(heard.getAVFile().getObjectId()).isEmpty();
        assertThat(heard.getFileMetaData()).isEmpty();
        assertThat(heard.getWidth()).isZero();
        assertThat(files.tokens).isEmpty();
    }

    @Test
    void a_failed_upload_fails_the_message_and_is_told_to_the_server() {
        files.refusesUploads();
        AVIMFileMessage message = new AVIMFileMessage(new AVFile("note.txt", new byte[] {1}));

        AVIMException error = failure(chat.sendMessage(message));

        assertThat(error.getCode()).isEqualTo(AVIMException.HTTP_FAILED);
        assertThat(error).hasMessageContaining("500");
        assertThat(message.getMessageStatus()).isEqualTo(AVIMMessage.AVIMMessageStatus.AVIMMessageStatusFailed);
        assertThat(files.callbacks).containsExactly(Map.of("result", false, "token", "t-key1"));
    }

    @Test
    void a_file_that_is_not_there_is_noticed_before_anything_is_sent() {
        assertThat(catchThrowable(
                        () -> new AVIMFileMessage(folder.resolve("nothing").toString())))
                .isInstanceOf(IOException.class);
    }
}
