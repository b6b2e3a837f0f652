package io.parley.core.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What devices of a platform get of push data. Source: semantics 13.2, 13.3.
class PushContentTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // common keys go everywhere
                "{'alert':'hi','k':1}                                  | IOS     | {'alert':'hi','k':1}",
                "{'alert':'hi','k':1}                                  | XIAOMI  | {'alert':'hi','k':1}",
                // the platform's own object wins, key by key
                "{'alert':'a','k':1,'ios':{'alert':'b'}}               | IOS     | {'alert':'b','k':1}",
                "{'alert':'a','k':1,'ios':{'alert':'b'}}               | HUAWEI  | {'alert':'a','k':1}",
                "{'alert':'a','mi':{'alert':'m'},'hms':{'title':'h'}}  | XIAOMI  | {'alert':'m'}",
                "{'alert':'a','mi':{'alert':'m'},'hms':{'title':'h'}}  | HUAWEI  | {'alert':'a','title':'h'}",
                "{'alert':'a','mz':{'x':1}}                            | MEIZU   | {'alert':'a','x':1}",
                "{'alert':'a','fcm':{'x':1},'oppo':{'x':2}}            | FCM     | {'alert':'a','x':1}",
                "{'alert':'a','vivo':{'x':1},'honor':{'x':2}}          | VIVO    | {'alert':'a','x':1}",
                "{'alert':'a','vivo':{'x':1},'honor':{'x':2}}          | HONOR   | {'alert':'a','x':2}",
                // the object for Android is that of the own channel, and a last resort for vendors
                "{'alert':'a','android':{'alert':'b'}}                 | ANDROID | {'alert':'b'}",
                "{'alert':'a','android':{'alert':'b'}}                 | OPPO    | {'alert':'a'}",
                "{'ios':{'alert':'i'},'android':{'alert':'b'}}         | OPPO    | {'alert':'b'}",
                "{'ios':{'alert':'i'},'android':{'alert':'b'}}         | IOS     | {'alert':'i'}",
                // what steers is never sent
                "{'alert':'a','_profile':'dev','_apns_team_id':'T'}    | IOS     | {'alert':'a'}",
                "{'alert':'a','ios':{'_profile':'dev'}}                | IOS     | {'alert':'a'}",
                "{'alert':'a','_notificationChannel':'c'}              | FCM     | "
                        + "{'alert':'a','_notificationChannel':'c'}",
                // a custom key that looks like a platform but is no object
                "{'alert':'a','other':'x'}                             | IOS     | {'alert':'a','other':'x'}",
            })
    void a_platform_gets_common_keys_under_its_own(String data, Platform platform, String expected) throws Exception {
        assertThat(PushContent.of(json(data)).orElseThrow().on(platform)).isEqualTo(json(expected));
    }

    @Test
    void a_text_is_shown_unless_it_is_json() throws Exception {
        assertThat(PushContent.of("hello").orElseThrow().data()).isEqualTo(json("{'alert':'hello'}"));
        assertThat(PushContent.of("{\"badge\":1}").orElseThrow().data()).isEqualTo(json("{'badge':1}"));
        assertThat(PushContent.of(TextNode.valueOf("{\"badge\":1}"))
                        .orElseThrow()
                        .data())
                .isEqualTo(json("{'badge':1}"));
        assertThat(PushContent.of("{ :-)").orElseThrow().data()).isEqualTo(json("{'alert':'{ :-)'}"));
    }

    @Test
    void nothing_to_say_is_no_content() throws Exception {
        assertThat(PushContent.of("")).isEmpty();
        assertThat(PushContent.of(" ")).isEmpty();
        assertThat(PushContent.of(json("{}"))).isEmpty();
        assertThat(PushContent.of(json("{'_profile':'dev'}"))).isEmpty();
        assertThat(PushContent.of(json("null"))).isEmpty();
        assertThat(PushContent.of(json("[1]"))).isEmpty();
    }

    @Test
    void variables_are_put_in_so_that_the_text_stays_json() throws Exception {
        var content = PushContent.ofTemplate(
                "{\"alert\":\"${fromClientId} wrote\",\"conv\":\"${convId}\",\"at\":${timestamp},\"x\":\"${y}\"}",
                Map.of("fromClientId", "To\"m\n", "convId", "c1", "timestamp", "17"));

        assertThat(content.orElseThrow().data())
                .isEqualTo(JSON.createObjectNode()
                        .put("alert", "To\"m\n wrote")
                        .put("conv", "c1")
                        .put("at", 17)
                        .put("x", "${y}"));
    }

    @Test
    void the_profile_chooses_the_environment() throws Exception {
        assertThat(PushContent.of(json("{'alert':'a','_profile':'dev'}"))
                        .orElseThrow()
                        .development())
                .isTrue();
        assertThat(PushContent.of(json("{'alert':'a','_profile':'prod'}"))
                        .orElseThrow()
                        .development())
                .isFalse();
        assertThat(PushContent.of(json("{'alert':'a'}")).orElseThrow().development())
                .isFalse();
        assertThat(PushContent.of(json("{'alert':'a','ios':{'_profile':'dev'}}"))
                        .orElseThrow()
                        .development())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'deviceType':'ios','deviceToken':'t'}                         | IOS     | t",
                "{'deviceType':'android','vendor':'mi','registrationId':'r'}    | XIAOMI  | r",
                "{'deviceType':'android','vendor':'HMS','registrationId':'r'}   | HUAWEI  | r",
                "{'deviceType':'android','vendor':'Honor','registrationId':'r'} | HONOR   | r",
                "{'deviceType':'android','vendor':'lc','installationId':'i'}    | ANDROID | i",
                "{'deviceType':'android','installationId':'i'}                  | ANDROID | i",
                "{'deviceType':'android','vendor':'ios','installationId':'i'}   | ANDROID | i",
                "{'deviceType':'harmony','deviceToken':'t'}                     | OTHER   | t",
                "{'deviceType':'android','vendor':'oppo','installationId':'i'}  | OPPO    | ''",
            })
    void an_installation_tells_its_platform_and_token(String installation, Platform platform, String token)
            throws Exception {
        var data = (com.fasterxml.jackson.databind.node.ObjectNode) json(installation);

        assertThat(Platform.ofInstallation(data)).isEqualTo(platform);
        assertThat(platform.token(data)).isEqualTo(token);
    }
}
