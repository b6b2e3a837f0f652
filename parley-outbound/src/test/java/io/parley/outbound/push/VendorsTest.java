package io.parley.outbound.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.core.app.App;
import io.parley.core.push.Platform;
import io.parley.core.push.PushResult;
import io.parley.core.push.PushResult.Accepted;
import io.parley.core.push.PushResult.InvalidToken;
import io.parley.core.push.PushResult.Later;
import io.parley.core.push.PushResult.Rejected;
import io.parley.core.push.PushResult.Unauthorized;
import io.parley.core.push.Target;
import io.parley.outbound.CallSigning;
import io.parley.outbound.HttpCaller;
import io.parley.outbound.OutboundSettings;
import io.parley.outbound.push.FakeVendor.Reply;
import io.parley.outbound.push.FakeVendor.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What each vendor is asked, and what its answers mean.
class VendorsTest {
    private static final String DATA =
            "{'alert':'Tom: hi','title':'Chat','conv':'c1','_notificationChannel':'chats','android':{'alert':'no'}}";
    private static final KeyPair KEYS = keys();

    @TempDir
    Path folder;

    private final FakeVendor vendor = new FakeVendor();
    private volatile Instant now = PushApp.NOW;
    private final HttpCaller caller = new HttpCaller(new OutboundSettings(List.of(), true, 16));
    private final Vendors vendors = new Vendors(caller, () -> now);

    @AfterEach
    void close() {
        vendors.close();
        caller.close();
        vendor.close();
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private App app(Platform platform) throws IOException {
        return PushApp.with(platform, credentials(platform, vendor.url()).toString());
    }

    private Path credentials(Platform platform, String url) throws IOException {
        String pem = "-----BEGIN PRIVATE KEY-----\\n"
                + Base64.getEncoder().encodeToString(KEYS.getPrivate().getEncoded())
                + "\\n-----END PRIVATE KEY-----\\n";
        String text = switch (platform) {
            case FCM ->
                "'project_id':'p1','private_key_id':'k1','client_email':'a@p1.iam','token_uri':'" + url
                        + "/token','private_key':'" + pem + "'";
            case HUAWEI -> "'appId':'100','appSecret':'s3cret','tokenEndpoint':'" + url + "/token'";
            case XIAOMI -> "'appSecret':'s3cret','packageName':'com.example.app'";
            case OPPO -> "'appKey':'k','masterSecret':'s3cret'";
            case VIVO -> "'appId':'100','appKey':'k','appSecret':'s3cret'";
            case MEIZU -> "'appId':'100','appSecret':'s3cret'";
            case HONOR -> "'appId':'100','clientId':'id','clientSecret':'s3cret','tokenEndpoint':'" + url + "/token'";
            case ANDROID, OTHER -> "'url':'" + url + "/hook','secret':'s3cret'";
            case IOS -> throw new IllegalArgumentException("see ApnsTest");
        };
        return Files.writeString(
                folder.resolve(platform + ".json"),
                ("{" + text + ",'endpoint':'" + url + "','timeout':0.5}").replace('\'', '"'));
    }

    private List<PushResult> send(App app, Platform platform, String data, String... tokens) {
        List<Target> targets = IntStream.range(0, tokens.length)
                .mapToObj(i -> PushApp.target(tokens[i]))
                .toList();
        return vendors.send(app, platform, PushApp.notification(platform, data), targets);
    }

    /// Takes everything, as each vendor says so.
    private static Reply well(Request request) {
        if (request.path().equals("/token")) return Reply.ok("{'access_token':'T1','expires_in':3600}");
        if (request.path().equals("/server/v1/auth")) return Reply.ok("{'code':0,'data':{'auth_token':'T1'}}");
        if (request.path().equals("/message/auth")) return Reply.ok("{'result':0,'authToken':'T1'}");
        return Reply.ok("{'name':'projects/p1/messages/1','code':"
                + (request.path().endsWith("pushByPushId")
                        ? "200"
                        : request.path().endsWith("messages:send")
                                        || request.path().endsWith("sendMessage")
                                ? "'80000000'"
                                : "0")
                + ",'result':0,'value':{},'data':{}}");
    }

    private static boolean isSending(Request request) {
        return !request.path().endsWith("/token") && !request.path().endsWith("/auth");
    }

    private void answering(Reply reply) {
        vendor.behave(request -> isSending(request) ? reply : well(request));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IOS")
    void a_well_answer_means_accepted(Platform platform) throws Exception {
        vendor.behave(VendorsTest::well);

        assertThat(send(app(platform), platform, DATA, "a", "b"))
                .containsOnly(new Accepted())
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IOS")
    void a_busy_failing_slow_or_dead_vendor_means_later(Platform platform) throws Exception {
        App app = app(platform);
        for (Reply reply :
                List.of(new Reply(429, "slow down"), new Reply(500, "oops"), new Reply(503, ""), Reply.NONE)) {
            answering(reply);
            assertThat(send(app, platform, DATA, "a", "b"))
                    .as(reply.toString())
                    .hasSize(2)
                    .allMatch(Later.class::isInstance);
        }
        vendor.behave(request -> new Reply(500, ""));
        assertThat(send(app(platform), platform, DATA, "a")).allMatch(Later.class::isInstance);
        vendor.close();
        assertThat(send(app, platform, DATA, "a")).allMatch(Later.class::isInstance);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IOS")
    void a_vendor_that_wants_to_be_left_alone_is_heard(Platform platform) throws Exception {
        answering(new Reply(429, "slow down", "120"));
        assertThat(send(app(platform), platform, DATA, "a"))
                .containsExactly(new Later("status 429", Duration.ofMinutes(2)));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IOS")
    void credentials_that_are_not_taken_are_a_matter_for_the_operator(Platform platform) throws Exception {
        vendor.behave(request -> new Reply(401, "{}"));

        List<PushResult> results = send(app(platform), platform, DATA, "a", "b");

        assertThat(results).hasSize(2).allMatch(Unauthorized.class::isInstance);
        assertThat(results.toString()).doesNotContain("s3cret");
    }

    @Test
    void a_vendor_that_denied_a_token_is_not_asked_again_for_a_minute() throws Exception {
        App app = app(Platform.HUAWEI);
        vendor.behave(request -> Reply.ok("{'error':1101,'error_description':'no'}"));
        send(app, Platform.HUAWEI, DATA, "a");
        send(app, Platform.HUAWEI, DATA, "a");
        assertThat(vendor.requests()).hasSize(1);

        now = now.plusSeconds(61);
        vendor.behave(VendorsTest::well);

        assertThat(send(app, Platform.HUAWEI, DATA, "a")).containsExactly(new Accepted());
    }

    @Test
    void fcm_gets_a_signed_assertion_and_the_message() throws Exception {
        vendor.behave(VendorsTest::well);

        send(app(Platform.FCM), Platform.FCM, "{'alert':'hi','title':'Chat','n':1,'o':{'x':2},'from':'no'}", "tok");

        Map<String, String> grant = vendor.requests().getFirst().form();
        assertThat(grant).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        String[] assertion = grant.getOrDefault("assertion", "").split("\\.");
        assertThat(decoded(assertion[0])).isEqualTo(PushApp.json("{'alg':'RS256','typ':'JWT','kid':'k1'}"));
        assertThat(decoded(assertion[1]))
                .isEqualTo(
                        PushApp.json("{'iss':'a@p1.iam','scope':'https://www.googleapis.com/auth/firebase.messaging',"
                                + "'aud':'" + vendor.url() + "/token','iat':1767323045,'exp':1767326645}"));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KEYS.getPublic());
        signature.update((assertion[0] + "." + assertion[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(assertion[2])))
                .isTrue();
        assertThat(vendor.last().path()).isEqualTo("/v1/projects/p1/messages:send");
        assertThat(vendor.last().headers()).containsEntry("authorization", "Bearer T1");
        assertThat(vendor.last().json())
                .isEqualTo(PushApp.json(
                        "{'message':{'token':'tok','data':{'alert':'hi','title':'Chat','n':'1','o':'{\\'x\\':2}'},"
                                + "'android':{'priority':'HIGH','ttl':'3600s'},"
                                + "'notification':{'title':'Chat','body':'hi'}}}"));
    }

    private static JsonNode decoded(String base64) {
        return PushApp.json(new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8));
    }

    @Test
    void a_channel_and_silence_are_told_to_fcm() throws Exception {
        vendor.behave(VendorsTest::well);
        App app = app(Platform.FCM);

        send(app, Platform.FCM, DATA, "tok");
        assertThat(vendor.last()
                        .json()
                        .at("/message/android/notification/channel_id")
                        .asText())
                .isEqualTo("chats");

        send(app, Platform.FCM, "{'k':'v','silent':true}", "tok");
        assertThat(vendor.last().json().at("/message/notification").isMissingNode())
                .isTrue();
        assertThat(vendor.last().json().at("/message/data/k").asText()).isEqualTo("v");
    }

    @Test
    void a_token_that_ran_out_is_fetched_anew() throws Exception {
        App app = app(Platform.FCM);
        vendor.behave(VendorsTest::well);
        send(app, Platform.FCM, DATA, "a");
        send(app, Platform.FCM, DATA, "a");
        assertThat(vendor.requests()).hasSize(3);

        vendor.behave(request -> request.path().equals("/token")
                ? Reply.ok("{'access_token':'T2','expires_in':3600}")
                : request.headers().getOrDefault("authorization", "").equals("Bearer T2")
                        ? well(request)
                        : new Reply(401, "{}"));
        assertThat(send(app, Platform.FCM, DATA, "a")).containsExactly(new Accepted());

        now = now.plusSeconds(3500);
        send(app, Platform.FCM, DATA, "a");
        assertThat(vendor.requests().stream().filter(request -> !isSending(request)))
                .hasSize(3);
    }

    @Test
    void huawei_gets_the_notification_with_the_intent_of_the_sdk() throws Exception {
        vendor.behave(VendorsTest::well);

        send(
                app(Platform.HUAWEI),
                Platform.HUAWEI,
                "{'alert':'hi','title':'Chat','_notificationChannel':'c'}",
                "a",
                "b");

        assertThat(vendor.requests().getFirst().form())
                .isEqualTo(Map.of("grant_type", "client_credentials", "client_id", "100", "client_secret", "s3cret"));
        assertThat(vendor.last().path()).isEqualTo("/v1/100/messages:send");
        assertThat(vendor.last().json())
                .isEqualTo(PushApp.json("{'validate_only':false,'message':{'android':{'urgency':'HIGH','ttl':'3600s',"
                        + "'notification':{'title':'Chat','body':'hi','channel_id':'c','click_action':{'type':1,"
                        + "'intent':'intent://cn.leancloud.push/notify_detail#Intent;scheme=lcpushscheme;S.content="
                        + "%7B%22alert%22%3A%22hi%22%2C%22title%22%3A%22Chat%22%2C%22_notificationChannel%22%3A%22c%22"
                        + "%7D;launchFlags=0x10000000;end'}}},'token':['a','b']}}"));

        send(app(Platform.HUAWEI), Platform.HUAWEI, "{'k':'v','silent':true}", "a");
        assertThat(vendor.last().json().at("/message/data").asText()).isEqualTo("{\"k\":\"v\",\"silent\":true}");
        assertThat(vendor.last().json().at("/message/android/notification").isMissingNode())
                .isTrue();
    }

    @Test
    void xiaomi_gets_a_form() throws Exception {
        vendor.behave(VendorsTest::well);

        send(app(Platform.XIAOMI), Platform.XIAOMI, "{'alert':'hi','_notificationChannel':'c'}", "a", "b");

        assertThat(vendor.last().path()).isEqualTo("/v3/message/regid");
        assertThat(vendor.last().headers()).containsEntry("authorization", "key=s3cret");
        assertThat(vendor.last().form())
                .isEqualTo(Map.ofEntries(
                        Map.entry("registration_id", "a,b"),
                        Map.entry("restricted_package_name", "com.example.app"),
                        Map.entry("payload", "%7B%22alert%22%3A%22hi%22%2C%22_notificationChannel%22%3A%22c%22%7D"),
                        Map.entry("pass_through", "0"),
                        Map.entry("time_to_live", "3600000"),
                        Map.entry("title", "New message"),
                        Map.entry("description", "hi"),
                        Map.entry("notify_type", "-1"),
                        Map.entry("notify_id", Integer.toString("push1".hashCode())),
                        Map.entry("extra.notify_effect", "1"),
                        Map.entry("extra.channel_id", "c")));
    }

    @Test
    void oppo_gets_a_signed_login_and_one_device_at_a_time() throws Exception {
        vendor.behave(VendorsTest::well);

        send(app(Platform.OPPO), Platform.OPPO, "{'alert':'hi','title':'Chat'}", "a");

        assertThat(vendor.requests().getFirst().form())
                .isEqualTo(Map.of(
                        "app_key",
                        "k",
                        "timestamp",
                        "1767323045000",
                        "sign",
                        Http.hash("SHA-256", "k1767323045000s3cret")));
        assertThat(vendor.last().headers()).containsEntry("auth_token", "T1");
        assertThat(PushApp.json(vendor.last().form().getOrDefault("message", "")))
                .isEqualTo(PushApp.json("{'target_type':2,'target_value':'a','notification':{'app_message_id':'push1',"
                        + "'style':1,'title':'Chat','content':'hi','click_action_type':0,'off_line':true,"
                        + "'off_line_ttl':3600,'action_parameters':'{\\'content\\':\\'{"
                        + "\\\\\\'alert\\\\\\':\\\\\\'hi\\\\\\',\\\\\\'title\\\\\\':"
                        + "\\\\\\'Chat\\\\\\'}\\'}'}}"));
    }

    @Test
    void vivo_gets_a_signed_login_and_the_message_of_a_chat() throws Exception {
        vendor.behave(VendorsTest::well);

        send(app(Platform.VIVO), Platform.VIVO, "{'alert':'hi','title':'Chat'}", "a");

        assertThat(vendor.requests().getFirst().json())
                .isEqualTo(PushApp.json("{'appId':'100','appKey':'k','timestamp':1767323045000,'sign':'"
                        + Http.hash("MD5", "100k1767323045000s3cret") + "'}"));
        assertThat(vendor.last().headers()).containsEntry("authtoken", "T1");
        JsonNode body = vendor.last().json();
        assertThat(body.path("regId").asText()).isEqualTo("a");
        assertThat(body.path("title").asText()).isEqualTo("Chat");
        assertThat(body.path("content").asText()).isEqualTo("hi");
        assertThat(body.path("timeToLive").asInt()).isEqualTo(3600);
        assertThat(body.path("classification").asInt()).isEqualTo(1);
        assertThat(body.at("/clientCustomMap/content").asText()).isEqualTo("{\"alert\":\"hi\",\"title\":\"Chat\"}");
    }

    @Test
    void meizu_gets_a_signed_form() throws Exception {
        vendor.behave(VendorsTest::well);

        send(app(Platform.MEIZU), Platform.MEIZU, "{'alert':'hi','title':'Chat'}", "a", "b");

        Map<String, String> form = vendor.last().form();
        assertThat(form).containsEntry("appId", "100").containsEntry("pushIds", "a,b");
        assertThat(form.get("sign"))
                .isEqualTo(Http.hash("MD5", "appId=100messageJson=" + form.get("messageJson") + "pushIds=a,bs3cret"));
        assertThat(PushApp.json(form.getOrDefault("messageJson", "")).path("noticeBarInfo"))
                .isEqualTo(PushApp.json("{'title':'Chat','content':'hi'}"));
        assertThat(PushApp.json(form.getOrDefault("messageJson", "")).path("pushTimeInfo"))
                .isEqualTo(PushApp.json("{'offLine':1,'validTime':1}"));
    }

    @Test
    void honor_gets_the_notification() throws Exception {
        vendor.behave(VendorsTest::well);

        send(app(Platform.HONOR), Platform.HONOR, "{'alert':'hi','title':'Chat'}", "a");

        assertThat(vendor.requests().getFirst().form()).containsEntry("client_id", "id");
        assertThat(vendor.last().path()).isEqualTo("/api/v1/100/sendMessage");
        assertThat(vendor.last().headers()).containsEntry("timestamp", "1767323045000");
        assertThat(vendor.last().json().path("token")).hasSize(1);
        assertThat(vendor.last().json().at("/android/notification/body").asText())
                .isEqualTo("hi");
        assertThat(vendor.last()
                        .json()
                        .at("/android/notification/clickAction/intent")
                        .asText())
                .contains("S.content=%7B%22alert%22");
    }

    @Test
    void the_webhook_gets_whatever_nobody_else_takes_and_is_signed() throws Exception {
        vendor.behave(VendorsTest::well);
        App app = app(Platform.OTHER);

        send(app, Platform.ANDROID, DATA, "a");
        assertThat(vendor.last().json().path("platform").asText()).isEqualTo("android");
        assertThat(vendor.last().json().at("/data/alert").asText()).isEqualTo("no");
        send(app, Platform.OPPO, DATA, "a");

        Request request = vendor.last();
        assertThat(request.path()).isEqualTo("/hook");
        assertThat(request.json())
                .isEqualTo(PushApp.json("{'id':'push1','platform':'oppo','expiresAt':1767326645000,'development':false,"
                        + "'data':{'alert':'Tom: hi','title':'Chat','conv':'c1','_notificationChannel':'chats'},"
                        + "'devices':[{'objectId':'device-a','token':'a','profile':'_default'}]}"));
        assertThat(request.headers())
                .containsEntry(
                        "x-parley-signature",
                        CallSigning.signature(
                                "s3cret", request.body().getBytes(StandardCharsets.UTF_8), 1767323045000L));
    }

    @Test
    void single_bad_tokens_are_told_apart() throws Exception {
        Map<Platform, String> answers = Map.of(
                Platform.HUAWEI, "{'code':'80100000','msg':'{\\'success\\':1,\\'illegal_tokens\\':[\\'bad\\']}'}",
                Platform.HONOR, "{'code':200,'data':{'sendResult':true,'failTokens':['bad'],'expireTokens':[]}}",
                Platform.XIAOMI, "{'code':0,'data':{'id':'1','bad_regids':'bad'}}",
                Platform.MEIZU, "{'code':200,'value':{'110003':['bad']}}",
                Platform.OTHER, "{'invalid':['device-bad']}");
        for (Map.Entry<Platform, String> answer : answers.entrySet()) {
            answering(Reply.ok(answer.getValue()));
            assertThat(send(app(answer.getKey()), answer.getKey(), DATA, "a", "bad", "c"))
                    .as(answer.getKey().toString())
                    .satisfiesExactly(
                            result -> assertThat(result).isInstanceOf(Accepted.class),
                            result -> assertThat(result).isInstanceOf(InvalidToken.class),
                            result -> assertThat(result).isInstanceOf(Accepted.class));
        }
    }

    @Test
    void a_bad_token_that_is_asked_for_alone_is_known_by_its_code() throws Exception {
        Map<Platform, List<Reply>> answers = Map.of(
                Platform.FCM,
                List.of(
                        new Reply(
                                404,
                                "{\"error\":{\"code\":404,\"status\":\"NOT_FOUND\",\"details\":"
                                        + "[{\"errorCode\":\"UNREGISTERED\"}]}}"),
                        new Reply(
                                400,
                                "{\"error\":{\"code\":400,\"status\":\"INVALID_ARGUMENT\",\"details\":["
                                        + "{\"errorCode\":\"INVALID_ARGUMENT\"},"
                                        + "{\"fieldViolations\":[{\"field\":\"message.token\"}]}]}}")),
                Platform.HUAWEI,
                List.of(Reply.ok("{'code':'80300007'}")),
                Platform.HONOR,
                List.of(Reply.ok("{'code':80300007}")),
                Platform.XIAOMI,
                List.of(Reply.ok("{'code':20301}")),
                Platform.OPPO,
                List.of(Reply.ok("{'code':10000}")),
                Platform.VIVO,
                List.of(Reply.ok("{'result':10302,'invalidUser':{'status':1}}")),
                Platform.MEIZU,
                List.of(Reply.ok("{'code':200,'value':{'110002':['bad']}}")));
        for (Map.Entry<Platform, List<Reply>> answer : answers.entrySet())
            for (Reply reply : answer.getValue()) {
                answering(reply);
                assertThat(send(app(answer.getKey()), answer.getKey(), DATA, "bad"))
                        .as(answer.getKey() + " " + reply)
                        .hasSize(1)
                        .allMatch(InvalidToken.class::isInstance);
            }
    }

    @Test
    void what_is_wrong_with_the_notification_retires_no_device() throws Exception {
        Map<Platform, Reply> answers = Map.of(
                Platform.FCM, new Reply(400, "{\"error\":{\"status\":\"INVALID_ARGUMENT\",\"message\":\"too big\"}}"),
                Platform.HUAWEI, Reply.ok("{'code':'80300008'}"),
                Platform.HONOR, Reply.ok("{'code':80300008}"),
                Platform.XIAOMI, Reply.ok("{'code':10016}"),
                Platform.OPPO, Reply.ok("{'code':41}"),
                Platform.VIVO, Reply.ok("{'result':10302,'invalidUser':{'status':3}}"),
                Platform.MEIZU, Reply.ok("{'code':1005}"),
                Platform.OTHER, new Reply(400, ""));
        for (Map.Entry<Platform, Reply> answer : answers.entrySet()) {
            answering(answer.getValue());
            assertThat(send(app(answer.getKey()), answer.getKey(), DATA, "a"))
                    .as(answer.getKey().toString())
                    .hasSize(1)
                    .allMatch(Rejected.class::isInstance);
        }
    }

    @Test
    void vendors_that_cannot_be_silent_drop_what_is() throws Exception {
        vendor.behave(VendorsTest::well);
        for (Platform platform : List.of(Platform.OPPO, Platform.VIVO, Platform.MEIZU))
            assertThat(send(app(platform), platform, "{'silent':true,'k':1}", "a"))
                    .allMatch(Rejected.class::isInstance);
        assertThat(vendor.requests()).isEmpty();
    }

    @Test
    void a_dead_vendor_is_not_asked_for_every_device() throws Exception {
        answering(new Reply(503, ""));
        String[] tokens = IntStream.range(0, 200).mapToObj(i -> "t" + i).toArray(String[]::new);

        assertThat(send(app(Platform.FCM), Platform.FCM, DATA, tokens))
                .hasSize(200)
                .allMatch(Later.class::isInstance);

        assertThat(vendor.requests()).hasSizeLessThan(30);
    }

    @Test
    void devices_choose_among_accounts_by_their_profile() throws Exception {
        vendor.behave(VendorsTest::well);
        Path first = credentials(Platform.XIAOMI, vendor.url());
        Path second = Files.writeString(
                folder.resolve("second.json"), "{\"appSecret\":\"other\",\"endpoint\":\"" + vendor.url() + "\"}");
        App app = PushApp.with(Platform.XIAOMI, first.toString(), "beta=" + second);

        List<PushResult> results = vendors.send(
                app,
                Platform.XIAOMI,
                PushApp.notification(Platform.XIAOMI, DATA),
                List.of(PushApp.target("a"), PushApp.target("b", "beta"), PushApp.target("c", "gamma")));

        assertThat(results)
                .containsExactly(new Accepted(), new Accepted(), new Rejected("no account fits profile gamma"));
        assertThat(vendor.requests().stream().map(request -> request.headers().get("authorization")))
                .containsExactly("key=s3cret", "key=other");
    }

    @Test
    void a_file_that_cannot_be_used_is_named_and_read_again_when_it_is_mended() throws Exception {
        vendor.behave(VendorsTest::well);
        Path file = folder.resolve("XIAOMI.json");
        App app = PushApp.with(Platform.XIAOMI, file.toString());

        assertThat(send(app, Platform.XIAOMI, DATA, "a")).containsExactly(new Unauthorized(file + " does not exist"));
        assertThat(vendors.status(app.settings().push()))
                .containsExactly(
                        new Vendors.Status("mi", "_default", file, java.util.Optional.of(file + " does not exist")));
        Files.writeString(file, "{}");
        now = now.plusSeconds(11);
        assertThat(send(app, Platform.XIAOMI, DATA, "a"))
                .containsExactly(new Unauthorized(file + " lacks \"appSecret\""));
        credentials(Platform.XIAOMI, vendor.url());
        now = now.plusSeconds(11);

        assertThat(send(app, Platform.XIAOMI, DATA, "a")).containsExactly(new Accepted());
    }

    @Test
    void a_platform_without_provider_and_webhook_is_told() {
        App app = PushApp.with(Platform.FCM, "none.json");

        assertThat(vendors.reaches(app, Platform.FCM)).isTrue();
        assertThat(vendors.reaches(app, Platform.OPPO)).isFalse();
        assertThat(send(app, Platform.OPPO, DATA, "a")).containsExactly(new Rejected("no provider is set up for oppo"));
    }

    @Test
    void a_private_address_is_not_called_unless_the_operator_allows_it() throws Exception {
        try (var strict = new HttpCaller(OutboundSettings.DEFAULT);
                var guarded = new Vendors(strict, () -> now)) {
            vendor.behave(VendorsTest::well);

            List<PushResult> results = guarded.send(
                    app(Platform.OTHER),
                    Platform.OTHER,
                    PushApp.notification(Platform.OTHER, DATA),
                    List.of(PushApp.target("a")));

            assertThat(results).allMatch(Later.class::isInstance);
            assertThat(vendor.requests()).isEmpty();
        }
    }
}
