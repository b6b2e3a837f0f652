package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.protocol.proto.LogItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The built-in kinds of messages, as SDKs of all platforms write them, arrive and stay as they were sent. Source:
/// semantics 6.1.
class ContentKindsTest {
    @RegisterExtension
    static final ParleyServer server = ParleyServer.with().create();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_lctype\":-1,\"_lctext\":\"text\",\"_lcattrs\":{\"a\":1}}",
                "{\"_lctype\":-2,\"_lctext\":\"image\",\"_lcfile\":{\"url\":\"http://files/a.png\",\"objId\":\"f1\",\"metaData\":{\"format\":\"png\",\"height\":2,\"width\":3,\"size\":4,\"name\":\"a.png\"}}}",
                "{\"_lctype\":-3,\"_lcfile\":{\"url\":\"http://files/a.mp3\",\"metaData\":{\"duration\":1.5,\"size\":4,\"format\":\"mp3\"}}}",
                "{\"_lctype\":-4,\"_lcfile\":{\"url\":\"http://files/a.mp4\",\"metaData\":{\"duration\":15,\"size\":4,\"format\":\"mp4\"}}}",
                "{\"_lctype\":-5,\"_lctext\":\"here\",\"_lcloc\":{\"longitude\":116.4,\"latitude\":39.9}}",
                "{\"_lctype\":-6,\"_lcfile\":{\"url\":\"http://files/a.pdf\",\"name\":\"a.pdf\",\"size\":4}}",
                "{\"_lctype\":42,\"own\":true}"
            })
    void it_arrives_and_is_kept_byte_for_byte(String content) throws Exception {
        try (Device tom = Device.login(server, "Tom");
                Device jerry = Device.login(server, "Jerry")) {
            String chat = tom.startWith("Jerry");
            jerry.told();

            tom.send(chat, content);

            assertThat(jerry.nextMessage()).isEqualTo(content);
            assertThat(jerry.history(chat)).extracting(LogItem::getData).containsExactly(content);
        }
    }

    /// Source: semantics 6.1; a file is known to the server only when somebody uploads or registers it.
    @Test
    void a_file_of_another_site_is_in_the_message_alone() throws Exception {
        try (Device tom = Device.login(server, "Tom")) {
            tom.send(
                    tom.startWith("Mary"),
                    "{\"_lctype\":-2,\"_lcfile\":{\"url\":\"http://elsewhere.example.com/cat.png\"}}");

            assertThat(Rest.master(server).done("GET", "/1.1/files", "").path("results"))
                    .isEmpty();
        }
    }
}
