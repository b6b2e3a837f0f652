package io.parley.client.examples;

import io.parley.client.AVFile;
import io.parley.client.AVGeoPoint;
import io.parley.client.AVIMAudioMessage;
import io.parley.client.AVIMClient;
import io.parley.client.AVIMConversation;
import io.parley.client.AVIMFileMessage;
import io.parley.client.AVIMImageMessage;
import io.parley.client.AVIMLocationMessage;
import io.parley.client.AVIMMessageManager;
import io.parley.client.AVIMTypedMessage;
import io.parley.client.AVIMTypedMessageHandler;
import io.parley.client.AVIMVideoMessage;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pictures, sounds, films, files and places, from this device and from elsewhere.
class GuideMediaTest extends Guide {
    @TempDir
    Path device;

    /// Registers a handler of one kind while something is done.
    private static <T extends AVIMTypedMessage> void with(
            Class<T> kind, AVIMTypedMessageHandler<T> handler, Action action) throws Exception {
        AVIMMessageManager.registerMessageHandler(kind, handler);
        try {
            action.run();
        } finally {
            AVIMMessageManager.unregisterMessageHandler(kind, handler);
        }
    }

    private interface Action {
        void run() throws Exception;
    }

    // ---- pictures

    public static class Pictures extends AVIMTypedMessageHandler<AVIMImageMessage> {
        @Override
        public void onMessage(AVIMImageMessage msg, AVIMConversation conversation, AVIMClient client) {
            String fromClientId = msg.getFrom();
            String url = msg.getFileUrl();
            String format = msg.getFormat();
            long size = msg.getSize();
            int width = msg.getWidth();
            int height = msg.getHeight();
            show(fromClientId + " sends " + width + "x" + height + " " + format + " " + msg.getText() + " "
                    + msg.getAttrs());
            show(msg.getMessageId().isEmpty() || url.isEmpty() ? "nowhere" : "to be looked at");
            show(size > 0 ? "of a size" : "of unknown size");
        }
    }

    @Test
    void tom_sends_a_photo_of_his_device() throws Exception {
        Path photo = device.resolve("San_Francisco.png");
        ImageIO.write(new BufferedImage(8, 6, BufferedImage.TYPE_INT_RGB), "png", photo.toFile());

        with(AVIMImageMessage.class, new Pictures(), () -> {
            AVIMConversation conversation = tomAndJerry();
            AVIMImageMessage picture = new AVIMImageMessage(photo.toString());
            picture.setText("发自我的小米");
            Map<String, Object> attributes = new HashMap<>();
            attributes.put("location", "旧金山");
            picture.setAttrs(attributes);
            conversation.sendMessage(picture, e -> {
                if (e == null) show("sent");
            });

            expect("Tom sends 8x6 image/png 发自我的小米 {location=旧金山}");
            expect("to be looked at");
            expect("of a size");
        });
    }

    @Test
    void tom_sends_a_picture_that_is_somewhere_else() throws Exception {
        with(AVIMImageMessage.class, new Pictures(), () -> {
            AVIMConversation conversation = tomAndJerry();
            AVFile file = new AVFile("萌妹子", "http://pic2.zhimg.com/6c10e6053c739ed0ce676a0aff15cf1c.gif");
            AVIMImageMessage picture = new AVIMImageMessage(file);
            picture.setText("萌妹子一枚");
            conversation.sendMessage(picture, e -> {
                if (e == null) show("sent");
            });

            expect("Tom sends 0x0  萌妹子一枚 {}");
            expect("to be looked at");
            expect("of unknown size");
        });
    }

    // ---- sounds and films

    @Test
    void tom_sends_a_recording_and_a_song_of_another_site() throws Exception {
        Path recording = Files.write(device.resolve("忐忑.mp3"), new byte[1000]);
        var sounds = new AVIMTypedMessageHandler<AVIMAudioMessage>() {
            @Override
            public void onMessage(AVIMAudioMessage msg, AVIMConversation conversation, AVIMClient client) {
                show("sound " + msg.getText() + " of " + msg.getSize() + " bytes, " + msg.getDuration() + " s");
            }
        };

        with(AVIMAudioMessage.class, sounds, () -> {
            AVIMConversation conversation = tomAndJerry();
            AVFile local = AVFile.withAbsoluteLocalPath("忐忑.mp3", recording.toString());
            AVIMAudioMessage audio = new AVIMAudioMessage(local);
            audio.setText("听听人类的神曲~");
            conversation.sendMessage(audio, e -> {});
            expect("sound 听听人类的神曲~ of 1000 bytes, 0.0 s");

            AVFile remote = new AVFile("apple.aac", "https://example.com/apple.aac", Map.of("duration", 12));
            conversation.sendMessage(new AVIMAudioMessage(remote), e -> {});
            expect("sound  of 0 bytes, 12.0 s");
        });
    }

    @Test
    void tom_sends_a_film() throws Exception {
        Path film = Files.write(device.resolve("BBC_奶酪.mp4"), new byte[2000]);
        var films = new AVIMTypedMessageHandler<AVIMVideoMessage>() {
            @Override
            public void onMessage(AVIMVideoMessage msg, AVIMConversation conversation, AVIMClient client) {
                show("film " + msg.getFileMetaData().get("name") + " " + msg.getFormat() + " " + msg.getSize());
            }
        };

        with(AVIMVideoMessage.class, films, () -> {
            AVFile file = AVFile.withAbsoluteLocalPath("BBC_奶酪.mp4", film.toString());
            tomAndJerry().sendMessage(new AVIMVideoMessage(file), e -> {});

            expect("film BBC_奶酪.mp4 video/mp4 2000");
        });
    }

    // ---- files

    @Test
    void tom_sends_a_document_and_the_progress_is_shown() throws Exception {
        Path document = Files.writeString(device.resolve("leave.txt"), "I am away.", StandardCharsets.UTF_8);
        var files = new AVIMTypedMessageHandler<AVIMFileMessage>() {
            @Override
            public void onMessage(AVIMFileMessage msg, AVIMConversation conversation, AVIMClient client) {
                show("file " + msg.getFileMetaData().get("name") + " of " + msg.getSize());
            }
        };

        with(AVIMFileMessage.class, files, () -> {
            AVIMConversation conversation = tomAndJerry();
            AVFile file = AVFile.withAbsoluteLocalPath("leave.txt", document.toString());
            file.saveInBackground(
                    e -> {
                        if (e == null) conversation.sendMessage(new AVIMFileMessage(file), sent -> {});
                    },
                    percent -> show(percent + " %"));

            expect("100 %");
            expect("file leave.txt of 10");
        });
    }

    // ---- places

    @Test
    void tom_tells_where_he_is() throws Exception {
        var places = new AVIMTypedMessageHandler<AVIMLocationMessage>() {
            @Override
            public void onMessage(AVIMLocationMessage msg, AVIMConversation conversation, AVIMClient client) {
                AVGeoPoint place = Objects.requireNonNull(msg.getLocation());
                show(msg.getText() + " at " + place.getLatitude() + " " + place.getLongitude());
            }
        };

        with(AVIMLocationMessage.class, places, () -> {
            AVIMConversation conversation = tomAndJerry();
            AVIMLocationMessage location = new AVIMLocationMessage();
            location.setText("快点过来！");
            location.setLocation(new AVGeoPoint(45.0, 34.0));
            conversation.sendMessage(location, e -> {});
            expect("快点过来！ at 45.0 34.0");

            conversation.sendMessage(new AVIMLocationMessage(52.56461, 138.12454), e -> {});
            expect(" at 52.56461 138.12454");
        });
    }
}
