package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a message to the vendor of a phone whose owner is not there. Source: semantics 13, rest 16.
class PushTest {
    private static final String CONTENT =
            "{\"alert\":\"${fromClientId} wrote\",\"conv\":\"${convId}\",\"badge\":\"Increment\"}";

    @TempDir
    Path folder;

    private PushVendor vendor;
    private ParleyServer server;
    private Operator operator;
    private Operator phone;

    @BeforeEach
    void start() {
        vendor = new PushVendor();
        server = ParleyServer.with()
                .set("outbound.allowPrivate", "true")
                .set("appDefaults.push.content", CONTENT)
                .set("appDefaults.push.xiaomi", vendor.credentials(folder).toString())
                .set("appDefaults.push.webhook", vendor.webhook(folder).toString())
                .start();
        operator = new Operator(server);
        phone = new Operator(server, TestApp.KEY);
    }

    @AfterEach
    void stop() {
        server.close();
        vendor.close();
    }

    /// A phone of the vendor's that listens to a client, as the Android SDK registers it.
    private String install(String client) throws Exception {
        Operator.Answer answer = phone.call(
                "POST",
                "/1.1/installations",
                "{'deviceType':'android','installationId':'i-" + client + "','vendor':'mi','registrationId':'reg-"
                        + client + "','channels':['" + client + "']}");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return answer.body().path("objectId").asText();
    }

    private static String chat(Device creator, String... others) throws InterruptedException {
        return creator.conversation(OpType.start, conv -> conv.addAllM(List.of(others)))
                .getConvMessage()
                .getCid();
    }

    private static GenericCommand.Builder direct(DirectCommand.Builder direct) {
        return GenericCommand.newBuilder().setCmd(CommandType.direct).setDirectMessage(direct);
    }

    @Test
    void who_is_offline_and_has_not_muted_is_notified_with_what_the_app_says() throws Exception {
        for (String client : List.of("Tom", "Jerry", "Mary", "Bob")) install(client);
        try (var tom = Device.login(server, "Tom");
                var mary = Device.login(server, "Mary")) {
            String chat = chat(tom, "Jerry", "Mary", "Bob");
            try (var bob = Device.login(server, "Bob")) {
                bob.conversation(OpType.mute, conv -> conv.setCid(chat));
            }
            await().until(() -> operator.done("POST", "/1.2/rtm/clients/check-online", "{'client_ids':['Bob']}")
                    .path("results")
                    .isEmpty());
            tom.tell(direct(
                    DirectCommand.newBuilder().setCid(chat).setMsg("typing").setTransient(true)));

            String id = tom.send(chat, "hello").getAckMessage().getUid();

            Map<String, String> call = vendor.next();
            assertThat(call)
                    .containsEntry("registration_id", "reg-Jerry")
                    .containsEntry("description", "Tom wrote")
                    .containsEntry("pass_through", "0");
            assertThat(call.get("payload"))
                    .isEqualTo("%7B%22alert%22%3A%22Tom%20wrote%22%2C%22conv%22%3A%22" + chat
                            + "%22%2C%22badge%22%3A%22Increment%22%7D");
            tom.send(chat, "hello again");
            assertThat(vendor.next()).containsEntry("registration_id", "reg-Jerry");
            assertThat(vendor.rest()).isEmpty();
            assertThat(id).isNotEmpty();
            assertThat(operator.done("GET", "/1.1/notifications", "").path("results"))
                    .isEmpty();
            mary.told();
        }
    }

    @Test
    void what_the_sender_says_comes_before_what_the_app_says() throws Exception {
        install("Jerry");
        try (var tom = Device.login(server, "Tom")) {
            String chat = chat(tom, "Jerry");

            tom.ask(direct(DirectCommand.newBuilder()
                    .setCid(chat)
                    .setMsg("hello")
                    .setPushData("{\"alert\":\"psst\",\"title\":\"Tom\",\"_profile\":\"dev\"}")));
            assertThat(vendor.next()).containsEntry("description", "psst").containsEntry("title", "Tom");

            operator.done(
                    "POST",
                    "/1.2/rtm/conversations/" + chat + "/messages",
                    "{'from_client':'Tom','message':'x','push_data':{'alert':'by REST'}}");
            assertThat(vendor.next()).containsEntry("description", "by REST");
        }
    }

    @Test
    void the_hook_decides_what_is_said_and_to_whom() throws Exception {
        try (var engine = TestEngine.start()
                        .define(
                                "_receiversOffline",
                                "{'pushMessage':'by the hook','offlinePeers':['Bob'],'force':true}");
                var asking = ParleyServer.with()
                        .set("outbound.allowPrivate", "true")
                        .set("appDefaults.hooks.engineUrl", engine.url())
                        .set(
                                "appDefaults.push.xiaomi",
                                vendor.credentials(folder).toString())
                        .start()) {
            var app = new Operator(asking, TestApp.KEY);
            for (String client : List.of("Jerry", "Bob"))
                app.call(
                        "POST",
                        "/1.1/installations",
                        "{'deviceType':'android','installationId':'i-" + client
                                + "','vendor':'mi','registrationId':'reg-" + client + "','channels':['" + client
                                + "']}");
            try (var tom = Device.login(asking, "Tom")) {
                String chat = chat(tom, "Jerry", "Bob");
                try (var bob = Device.login(asking, "Bob")) {
                    bob.conversation(OpType.mute, conv -> conv.setCid(chat));
                    bob.conversation(OpType.query, conv -> conv.setLimit(1));
                }
                var master = new Operator(asking);
                await().until(() -> master.done("POST", "/1.2/rtm/clients/check-online", "{'client_ids':['Bob']}")
                        .path("results")
                        .isEmpty());

                tom.send(chat, "hello");

                assertThat(vendor.next())
                        .containsEntry("registration_id", "reg-Bob")
                        .containsEntry("description", "by the hook");
            }
        }
    }

    @Test
    void a_dead_token_retires_the_device_until_it_registers_again() throws Exception {
        String jerrys = install("Jerry");
        install("Kim");
        try (var tom = Device.login(server, "Tom")) {
            String chat = chat(tom, "Jerry", "Kim");
            vendor.answers(200, "{'code':0,'data':{'bad_regids':'reg-Jerry'}}");

            tom.send(chat, "one");

            assertThat(vendor.next().getOrDefault("registration_id", "").split(","))
                    .containsExactlyInAnyOrder("reg-Jerry", "reg-Kim");
            await().until(() -> !operator.done("GET", "/1.1/installations/" + jerrys, "")
                    .path("valid")
                    .asBoolean(true));
            tom.send(chat, "two");
            assertThat(vendor.next()).containsEntry("registration_id", "reg-Kim");

            assertThat(install("Jerry")).isEqualTo(jerrys);
            tom.send(chat, "three");
            assertThat(vendor.next().getOrDefault("registration_id", "")).contains("reg-Jerry");
        }
    }

    @Test
    void a_vendor_in_trouble_is_asked_again() throws Exception {
        install("Jerry");
        try (var tom = Device.login(server, "Tom")) {
            String chat = chat(tom, "Jerry");
            vendor.answers(500, "oops");
            tom.send(chat, "hello");
            vendor.next();

            vendor.answers(200, "{'code':0}");

            assertThat(vendor.next()).containsEntry("registration_id", "reg-Jerry");
        }
    }

    @Test
    void badges_count_until_the_app_clears_them() throws Exception {
        JsonNode row = phone.call(
                        "POST",
                        "/1.1/installations",
                        "{'deviceType':'ios','deviceToken':'abcd','apnsTopic':'com.example','channels':['Jerry']}")
                .body();
        try (var tom = Device.login(server, "Tom")) {
            String chat = chat(tom, "Jerry");
            tom.send(chat, "one");
            JsonNode first = vendor.nextJson();
            assertThat(first.path("platform").asText()).isEqualTo("ios");
            assertThat(first.at("/devices/0/token").asText()).isEqualTo("abcd");
            assertThat(first.at("/devices/0/badge").asInt()).isEqualTo(1);
            tom.send(chat, "two");
            assertThat(vendor.nextJson().at("/devices/0/badge").asInt()).isEqualTo(2);

            phone.done("PUT", "/1.1/installations/" + row.path("objectId").asText(), "{'badge':0}");

            tom.send(chat, "three");
            assertThat(vendor.nextJson().at("/devices/0/badge").asInt()).isEqualTo(1);
        }
    }

    @Test
    void a_broadcast_notifies_every_device_and_a_message_to_subscribers_theirs() throws Exception {
        install("Jerry");
        install("Kim");
        String service = operator.service("news");
        try (var kim = Device.login(server, "Kim")) {
            kim.conversation(OpType.add, conv -> conv.setCid(service).addM("Kim"));

            operator.done(
                    "POST",
                    "/1.2/rtm/broadcasts",
                    "{'from_client':'desk','conv_id':'" + service + "','message':'x','push':{'alert':'to all'}}");
            Map<String, String> all = vendor.next();
            assertThat(all).containsEntry("description", "to all");
            assertThat(all.getOrDefault("registration_id", "").split(","))
                    .containsExactlyInAnyOrder("reg-Jerry", "reg-Kim");

            operator.done(
                    "POST",
                    "/1.2/rtm/service-conversations/" + service + "/broadcasts",
                    "{'from_client':'desk','message':'x','push':'to subscribers'}");
            assertThat(vendor.next())
                    .containsEntry("description", "to subscribers")
                    .containsEntry("registration_id", "reg-Kim");

            operator.done(
                    "POST",
                    "/1.2/rtm/service-conversations/" + service + "/messages",
                    "{'from_client':'desk','message':'x','to_clients':['Kim','Jerry'],'push_data':'to some'}");
            assertThat(vendor.next())
                    .containsEntry("description", "to some")
                    .containsEntry("registration_id", "reg-Jerry");
        }
    }

    @Test
    void what_is_said_in_a_chat_room_notifies_nobody() throws Exception {
        install("Jerry");
        try (var tom = Device.login(server, "Tom")) {
            String chat = chat(tom, "Jerry");
            String room;
            try (var jerry = Device.login(server, "Jerry")) {
                room = jerry.startRoom();
            }
            await().until(() -> operator.done("POST", "/1.2/rtm/clients/check-online", "{'client_ids':['Jerry']}")
                    .path("results")
                    .isEmpty());

            tom.send(room, "to those who listen");
            tom.send(chat, "to Jerry");
            assertThat(vendor.next().get("payload")).contains(chat);
            tom.send(chat, "to Jerry again");
            assertThat(vendor.next().get("payload")).contains(chat);
            assertThat(vendor.rest()).isEmpty();
        }
    }

    @Test
    void an_app_without_content_notifies_nobody() throws Exception {
        try (var silent = ParleyServer.with()
                .set("outbound.allowPrivate", "true")
                .set("appDefaults.push.xiaomi", vendor.credentials(folder).toString())
                .start()) {
            var master = new Operator(silent);
            new Operator(silent, TestApp.KEY)
                    .call(
                            "POST",
                            "/1.1/installations",
                            "{'deviceType':'android','installationId':'i','vendor':'mi','registrationId':'r',"
                                    + "'channels':['Jerry']}");
            try (var tom = Device.login(silent, "Tom")) {
                String chat = chat(tom, "Jerry");
                tom.send(chat, "hello");
                master.done("POST", "/1.1/push", "{'data':'the last one'}");

                assertThat(vendor.next()).containsEntry("description", "the last one");
                assertThat(vendor.rest()).isEmpty();
            }
        }
    }

    @Test
    void the_application_pushes_by_condition_channel_and_device_and_reads_what_became_of_it() throws Exception {
        String jerrys = install("Jerry");
        install("Kim");
        JsonNode sent = operator.done(
                "POST",
                "/1.1/push",
                "{'data':{'alert':'hi'},'where':{'objectId':'" + jerrys + "'},'notification_id':'mine','req_id':'r1'}");
        assertThat(sent.path("objectId").asText()).isEqualTo("mine");
        assertThat(vendor.next()).containsEntry("registration_id", "reg-Jerry").containsEntry("description", "hi");
        await().until(() -> phone.done("GET", "/1.1/tables/Notifications/mine", "")
                .path("status")
                .asText()
                .equals("done"));
        JsonNode record = operator.done("GET", "/1.1/notifications/mine", "");
        assertThat(record.path("devices").asInt()).isEqualTo(1);
        assertThat(record.path("successes").asInt()).isEqualTo(1);
        assertThat(record.at("/results/mi/accepted").asInt()).isEqualTo(1);
        assertThat(record.at("/data/alert").asText()).isEqualTo("hi");

        assertThat(operator.done("POST", "/1.1/push", "{'data':'again','req_id':'r1'}")
                        .path("objectId")
                        .asText())
                .isEqualTo("mine");
        operator.done("POST", "/1.1/push", "{'data':'to a channel','channels':['Kim']}");
        assertThat(vendor.next())
                .containsEntry("registration_id", "reg-Kim")
                .containsEntry("description", "to a channel");
        operator.done(
                "POST",
                "/1.1/push/devices",
                "{'device_type':'android','device_ids':['reg-Jerry','i-Kim','unknown'],'data':'to devices'}");
        assertThat(vendor.next().getOrDefault("registration_id", "").split(","))
                .containsExactlyInAnyOrder("reg-Jerry", "reg-Kim");
        assertThat(operator.done("GET", "/1.1/notifications", "").path("results"))
                .hasSize(3);

        operator.done("DELETE", "/1.1/notifications/mine", "");
        assertThat(operator.call("GET", "/1.1/notifications/mine", "").status()).isEqualTo(404);
    }

    @Test
    void a_push_waits_for_its_time_and_can_be_withdrawn_before() throws Exception {
        install("Jerry");
        String future = java.time.Instant.now().plusSeconds(3600).toString();
        JsonNode later = operator.done("POST", "/1.1/push", "{'data':'later','push_time':'" + future + "'}");
        JsonNode listed = operator.done("GET", "/1.1/scheduledPushMessages", "").path("results");
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).path("status").asText()).isEqualTo("scheduled");
        operator.done(
                "DELETE", "/1.1/scheduledPushMessages/" + later.path("objectId").asText(), "");
        assertThat(operator.done("GET", "/1.1/scheduledPushMessages", "").path("results"))
                .isEmpty();
        long soon = System.currentTimeMillis() + 700;

        operator.done("POST", "/1.1/push", "{'data':'soon','push_time':" + soon + "}");

        assertThat(vendor.next()).containsEntry("description", "soon");
        assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(soon);
    }

    @Test
    void what_cannot_be_pushed_is_refused() throws Exception {
        for (String body : List.of(
                "{}",
                "{'data':{}}",
                "{'data':7}",
                "{'data':'x','channels':7}",
                "{'data':'x','channels':[7]}",
                "{'data':'x','push_time':'tomorrow'}",
                "{'data':'x','expiration_interval':0}",
                "{'data':'x','expiration_interval':'long'}",
                "{'data':'x','notification_id':'not an id'}",
                "{'data':'x','req_id':'12345678901234567'}",
                "{'data':'x','where':{'a':{'$nope':1}}}",
                "{'data':'" + "x".repeat(5000) + "'}"))
            assertThat(operator.call("POST", "/1.1/push", body).status())
                    .as(body.substring(0, Math.min(60, body.length())))
                    .isEqualTo(400);
        for (String body : List.of(
                "{'data':'x'}",
                "{'data':'x','device_type':'ios'}",
                "{'data':'x','device_type':'wp','device_ids':['a']}",
                "{'data':'x','device_type':'ios','device_ids':[]}",
                "{'device_type':'ios','device_ids':['a']}"))
            assertThat(operator.call("POST", "/1.1/push/devices", body).status())
                    .as(body)
                    .isEqualTo(400);
        assertThat(phone.call("POST", "/1.1/push", "{'data':'x'}").status()).isEqualTo(403);
        assertThat(phone.call("POST", "/1.1/push/devices", "{'data':'x'}").status())
                .isEqualTo(403);
        assertThat(phone.call("GET", "/1.1/notifications", "").status()).isEqualTo(403);
        assertThat(phone.call("DELETE", "/1.1/notifications/x", "").status()).isEqualTo(403);
        assertThat(operator.call("GET", "/1.1/tables/Notifications/none", "").status())
                .isEqualTo(404);
        assertThat(vendor.rest()).isEmpty();
    }

    @Test
    void a_notification_survives_the_death_of_the_process() throws Exception {
        Path data = folder.resolve("data");
        String[] options = {
            "--set", "outbound.allowPrivate=true",
            "--set", "appDefaults.push.content=you have mail",
            "--set", "appDefaults.push.xiaomi=" + vendor.credentials(folder)
        };
        vendor.answers(503, "");
        try (var process = ParleyProcess.start(data, 0, options)) {
            post(
                    process,
                    "/1.1/installations",
                    "{'deviceType':'android','installationId':'i','vendor':'mi','registrationId':'r',"
                            + "'channels':['Jerry']}");
            String chat = post(process, "/1.2/rtm/conversations", "{'m':['Tom','Jerry']}")
                    .path("objectId")
                    .asText();
            for (int i = 0; i < 5; i++)
                post(
                        process,
                        "/1.2/rtm/conversations/" + chat + "/messages",
                        "{'from_client':'Tom','message':'m" + i + "'}");
            process.kill();
        }
        vendor.rest();
        vendor.answers(200, "{'code':0}");

        try (var again = ParleyProcess.start(data, 0, options)) {
            for (int i = 0; i < 5; i++) assertThat(vendor.next()).containsEntry("registration_id", "r");
            assertThat(again.port()).isPositive();
        }
    }

    private static JsonNode post(ParleyProcess process, String path, String body) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(process.url() + path))
                            .header("X-LC-Id", TestApp.ID)
                            .header("X-LC-Key", TestApp.MASTER_KEY + ",master")
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
            return PushVendor.json(answer.body());
        }
    }
}
