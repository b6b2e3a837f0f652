package io.parley.client;

import static io.parley.client.Device.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parley.client.internal.Json;
import io.parley.client.internal.StoredMessage;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessageKindTest extends TwoDevices {
    private static final String SITE = "http://files.example.com/";

    private static <T extends AVIMFileMessage> T described(T message) {
        message.setText("look");
        message.setAttrs(Map.of("location", "旧金山"));
        return message;
    }

    private static AVFile file(String name) {
        return new AVFile(
                name,
                SITE + name,
                Map.of("name", name, "size", 4711, "width", 640, "height", 480, "duration", 12.5, "format", "x/y"));
    }

    static Stream<AVIMTypedMessage> builtInKinds() {
        AVIMTextMessage text = new AVIMTextMessage("look");
        text.setAttrs(Map.of("location", "旧金山"));
        AVIMLocationMessage place = new AVIMLocationMessage(31.38, 121.05);
        place.setText("look");
        place.setAttrs(Map.of("location", "旧金山"));
        return Stream.of(
                text,
                place,
                described(new AVIMImageMessage(file("a.jpg"))),
                described(new AVIMAudioMessage(file("a.mp3"))),
                described(new AVIMVideoMessage(file("a.mp4"))),
                described(new AVIMFileMessage(file("a.zip"))));
    }

    @ParameterizedTest
    @MethodSource("builtInKinds")
    void a_message_of_each_kind_arrives_as_the_same_class_with_the_same_values(AVIMTypedMessage message) {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");

        await(talk(tom, jerry).sendMessage(message));

        AVIMMessage heard = laptop.events.next("message").message();
        assertThat(heard).hasSameClassAs(message);
        assertThat(Json.object(heard.getContent())).isEqualTo(Json.object(message.getContent()));
        assertThat(heard.getMessageId()).isEqualTo(message.getMessageId()).isNotEmpty();
        assertThat(values(heard)).isEqualTo(values(message));
    }

    /// What the getters of the guide say.
    private static List<@Nullable Object> values(AVIMMessage message) {
        return switch (message) {
            case AVIMImageMessage image ->
                List.of(image.getFileUrl(), image.getSize(), image.getWidth(), image.getHeight(), image.getFormat());
            case AVIMAudioMessage audio ->
                List.of(audio.getFileUrl(), audio.getSize(), audio.getDuration(), audio.getFormat());
            case AVIMVideoMessage video ->
                List.of(video.getFileUrl(), video.getSize(), video.getDuration(), video.getFormat());
            case AVIMFileMessage file ->
                List.of(file.getFileUrl(), file.getSize(), file.getFileMetaData(), file.getText(), file.getAttrs());
            case AVIMLocationMessage place ->
                List.of(String.valueOf(place.getLocation()), place.getText(), place.getAttrs());
            case AVIMTextMessage text -> List.of(text.getText(), text.getAttrs());
            default -> List.of();
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            -1 | TextMessageType     | {"_lctype":-1,"_lctext":"hi","_lcattrs":{"a":1}}
            -2 | ImageMessageType    | {"_lctype":-2,"_lcfile":{"url":"http://x/y.jpg"}}
            -3 | AudioMessageType    | {"_lctype":-3,"_lcfile":{"url":"u","objId":"o","metaData":{"size":1}}}
            -4 | VideoMessageType    | {"_lctype":-4,"_lcfile":{"url":"u"},"new":{"key":[true]}}
            -5 | LocationMessageType | {"_lctype":-5,"_lcloc":{"longitude":34.0,"latitude":45.0},"_lctext":"here"}
            -6 | FileMessageType     | {"_lctype":-6,"_lcfile":{"url":"u"}}
            """)
    void json_of_each_kind_is_understood_and_keeps_unknown_keys(int number, AVIMReservedMessageType kind, String json) {
        AVIMMessage message = AVIMMessageManager.message(stored(json), "Jerry");

        AVIMTypedMessage typed = (AVIMTypedMessage) message;
        assertThat(typed.getMessageType()).isEqualTo(number);
        assertThat(AVIMReservedMessageType.getAVIMReservedMessageType(typed.getMessageType()))
                .isEqualTo(kind);
        assertThat(Json.object(typed.getContent())).isEqualTo(Json.object(json));
    }

    private static StoredMessage stored(String content) {
        return StoredMessage.builder("c", "m", "Tom", 1).content(content).build();
    }

    @Test
    void numbers_that_old_clients_wrote_beside_the_metadata_are_found() {
        var image = (AVIMImageMessage) AVIMMessageManager.message(
                stored("{\"_lctype\":-2,\"_lcfile\":{\"url\":\"u\",\"size\":7,\"width\":3}}"), "Jerry");

        assertThat(image.getSize()).isEqualTo(7);
        assertThat(image.getWidth()).isEqualTo(3);
        assertThat(image.getHeight()).isZero();
    }

    @Test
    void a_file_of_another_site_is_nothing_but_its_address() {
        AVIMImageMessage image = new AVIMImageMessage(new AVFile("a.jpg", SITE + "a.jpg"));

        assertThat(Json.object(image.getContent()))
                .isEqualTo(Map.of("_lctype", -2, "_lcfile", Map.of("url", SITE + "a.jpg")));
    }

    /// The example of the guide.
    /// A number of its own: which kinds are registered, the tests of this process share.
    @AVIMMessageType(type = 1231)
    public static class NewsMessage extends AVIMTypedMessage {
        @AVIMMessageField
        private String title = "";

        @AVIMMessageField(name = "body")
        private String summary = "";

        @AVIMMessageField
        private List<String> pictures = List.of();

        String shown() {
            return title + "/" + summary + "/" + pictures;
        }
    }

    @Test
    void a_kind_of_the_applications_own_arrives_as_its_class_where_it_is_known() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");
        NewsMessage news = new NewsMessage();
        news.title = "Snow";
        news.summary = "in July";
        news.pictures = List.of("a", "b");
        AVIMConversation chat = talk(tom, jerry);

        await(chat.sendMessage(news));
        AVIMMessage unknown = laptop.events.next("message").message();
        AVIMMessageManager.registerAVIMMessageType(NewsMessage.class);
        await(chat.sendMessage(news));
        AVIMMessage known = laptop.events.next("message").message();

        assertThat(unknown).isExactlyInstanceOf(AVIMMessage.class);
        assertThat(Json.object(unknown.getContent()))
                .containsEntry("_lctype", 1231)
                .containsEntry("body", "in July");
        assertThat(((NewsMessage) known).shown()).isEqualTo("Snow/in July/[a, b]");
    }

    @AVIMMessageType(type = -99)
    static class Reserved extends AVIMTypedMessage {}

    static class Nameless extends AVIMTypedMessage {}

    @AVIMMessageType(type = 5)
    static class Picky extends AVIMTypedMessage {
        Picky(String needed) {
            setContent(needed);
        }
    }

    @Test
    void kinds_need_a_positive_number_and_a_constructor_without_parameters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AVIMMessageManager.registerAVIMMessageType(Reserved.class));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AVIMMessageManager.registerAVIMMessageType(Nameless.class));
        assertThatIllegalArgumentException().isThrownBy(() -> AVIMMessageManager.registerAVIMMessageType(Picky.class));
    }

    @ParameterizedTest
    @CsvSource({"just words", "'{\"_lctype\":-1'", "'[1,2]'", "'{\"x\":1}'", "' '"})
    void text_of_any_other_format_is_a_plain_message_unchanged(String content) {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");

        await(talk(tom, jerry).sendMessage(new AVIMMessage(content)));

        AVIMMessage heard = laptop.events.next("message").message();
        assertThat(heard).isExactlyInstanceOf(AVIMMessage.class);
        assertThat(heard.getContent()).isEqualTo(content);
    }

    @Test
    void bytes_arrive_as_bytes() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");
        byte[] bytes = {0, 1, (byte) 200, 3};
        AVIMConversation chat = talk(tom, jerry);

        await(chat.sendMessage(new AVIMBinaryMessage(bytes)));

        assertThat(((AVIMBinaryMessage) laptop.events.next("message").message()).getBytes())
                .isEqualTo(bytes);
        assertThat(((AVIMBinaryMessage) await(chat.queryMessagesFromServer(1)).get(0)).getBytes())
                .isEqualTo(bytes);
    }

    @Test
    void who_is_mentioned_knows_it() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");
        AVIMConversation chat = talk(tom, jerry);
        AVIMTextMessage toJerry = new AVIMTextMessage("you there?");
        toJerry.setMentionList(List.of(jerry.getClientId()));
        AVIMTextMessage toAll = new AVIMTextMessage("everybody!");
        toAll.setMentionAll(true);

        await(chat.sendMessage(toJerry));
        await(chat.sendMessage(toAll));

        AVIMMessage first = laptop.events.next("message").message();
        assertThat(first.getMentionList()).containsExactly(jerry.getClientId());
        assertThat(first.isMentioned(jerry.getClientId())).isTrue();
        assertThat(first.isMentioned("Somebody")).isFalse();
        assertThat(laptop.events.next("message").message().isMentioned("Somebody"))
                .isTrue();
    }
}
