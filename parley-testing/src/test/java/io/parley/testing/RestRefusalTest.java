package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the REST API does not do, and with which words it says so. Source: rest 22.
class RestRefusalTest {
    @RegisterExtension
    static final ParleyServer server = ParleyServer.with().create();

    private static final Operator operator = new Operator(server);
    private static String chat;
    private static String room;
    private static String service;
    private static String message;

    @BeforeAll
    static void conversations() throws Exception {
        chat = operator.done("POST", "/1.2/rtm/conversations", "{'m':['Tom','Jerry']}")
                .path("objectId")
                .asText();
        room = operator.done("POST", "/1.2/rtm/chatrooms", "{}")
                .path("objectId")
                .asText();
        service = operator.service("news");
        message = operator.done(
                        "POST", "/1.2/rtm/conversations/" + chat + "/messages", "{'from_client':'Tom','message':'hi'}")
                .toString();
    }

    /// In paths and bodies CHAT, ROOM, SERVICE stand for their ids, ID and TIME for those of a message in CHAT.
    private static Operator.Answer call(Operator caller, String method, String path, String body) throws Exception {
        return caller.call(method, filled(path), filled(body == null ? "" : body));
    }

    private static String filled(String text) throws Exception {
        var sent = new com.fasterxml.jackson.databind.ObjectMapper().readTree(message);
        return text.replace("CHAT", chat)
                .replace("ROOM", room)
                .replace("SERVICE", service)
                .replace("ID", sent.path("msg-id").asText())
                .replace("TIME", sent.path("timestamp").asText())
                .replace("LONG", "x".repeat(5121));
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3} {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    GET    | /1.2/rtm/conversations/unknown/members |  | 400 | 4303
                    PUT    | /1.2/rtm/conversations/unknown | {'name':'x'} | 400 | 4303
                    DELETE | /1.2/rtm/conversations/unknown |  | 400 | 4303
                    POST   | /1.2/rtm/conversations/unknown/members | {'client_ids':['a']} | 400 | 4303
                    POST   | /1.2/rtm/conversations/unknown/mutes | {'client_ids':['a']} | 400 | 4303
                    GET    | /1.2/rtm/conversations/unknown/messages |  | 400 | 4303
                    DELETE | /1.2/rtm/conversations/unknown/messages/x?from_client=a&timestamp=1 |  | 400 | 4303
                    GET    | /1.2/rtm/chatrooms/unknown/members |  | 400 | 4303
                    GET    | /1.2/rtm/service-conversations/unknown/subscribers |  | 400 | 4303
                    POST   | /1.2/rtm/conversations/unknown/messages | {'from_client':'a','message':'x'} | 400 | 4401
                    POST   | /1.2/rtm/chatrooms/unknown/messages | {'from_client':'a','message':'x'} | 400 | 4401
                    POST   | /1.2/rtm/service-conversations/unknown/broadcasts | {'from_client':'a','message':'x'} | 400 | 4401
                    POST   | /1.2/rtm/broadcasts | {'from_client':'a','message':'x','conv_id':'unknown'} | 400 | 4401
                    POST   | /1.1/rtm/messages | {'from_peer':'a','message':'x','conv_id':'unknown'} | 400 | 4401
                    POST   | /1.1/rtm/broadcast | {'from_peer':'a','message':'x','conv_id':'unknown'} | 400 | 4401
                    POST   | /1.1/rtm/broadcast/subscriber | {'from_peer':'a','message':'x','conv_id':'unknown'} | 400 | 4401
                    POST   | /1.2/rtm/conversations/_tmp:over/messages | {'from_client':'a','message':'x'} | 400 | 4323
                    POST   | /1.2/rtm/service-conversations/CHAT/subscribers | {'client_id':'a'} | 400 | 4313
                    POST   | /1.2/rtm/broadcasts | {'from_client':'a','message':'x','conv_id':'CHAT'} | 400 | 4313
                    POST   | /1.1/rtm/broadcast | {'from_peer':'a','message':'x','conv_id':'CHAT'} | 400 | 4313
                    GET    | /1.1/rtm/conversation/subscribed?conv_id=CHAT&client_id=a |  | 400 | 4313
                    GET    | /1.2/rtm/chatrooms/CHAT/members |  | 400 | 4316
                    GET    | /1.2/rtm/chatrooms/CHAT/members/online-count |  | 400 | 4316
                    GET    | /1.1/rtm/transient_group/onlines?gid=CHAT |  | 400 | 4316
                    POST   | /1.2/rtm/chatrooms/CHAT/messages | {'from_client':'a','message':'x'} | 400 | 4316
                    POST   | /1.2/rtm/conversations/ROOM/members | {'client_ids':['a']} | 400 | 4314
                    DELETE | /1.2/rtm/conversations/SERVICE/members | {'client_ids':['a']} | 400 | 4314
                    GET    | /1.2/rtm/conversations/ROOM/members |  | 400 | 4314
                    POST   | /1.2/rtm/conversations/SERVICE/messages | {'from_client':'a','message':'x'} | 400 | 4314
                    GET    | /1.2/rtm/conversations/SERVICE/messages |  | 400 | 4314
                    POST   | /1.2/rtm/conversations/CHAT/messages | {'from_client':'a','message':'LONG'} | 400 | 4109
                    PUT    | /1.2/rtm/conversations/CHAT/messages/ID | {'from_client':'Tom','timestamp':TIME,'message':'LONG'} | 400 | 4109
                    PUT    | /1.2/rtm/conversations/CHAT/messages/unknown | {'from_client':'Tom','timestamp':TIME,'message':'x'} | 400 | 4404
                    PUT    | /1.2/rtm/conversations/CHAT/messages/ID | {'from_client':'Tom','timestamp':1,'message':'x'} | 400 | 4404
                    DELETE | /1.2/rtm/conversations/CHAT/messages/unknown?from_client=Tom&timestamp=1 |  | 400 | 4404
                    DELETE | /1.2/rtm/broadcasts/unknown |  | 400 | 4404
                    PUT    | /1.2/rtm/conversations/CHAT/messages/ID | {'from_client':'Jerry','timestamp':TIME,'message':'x'} | 400 | 4403
                    PUT    | /1.2/rtm/conversations/CHAT/messages/ID/recall | {'from_client':'Jerry','timestamp':TIME} | 400 | 4403
                    POST   | /1.1/rtm/patch/message | {'from_peer':'Jerry','conv_id':'CHAT','msg_id':'ID','timestamp':TIME,'recall':true} | 400 | 4403
                    POST   | /1.2/rtm/conversations/CHAT/member-infos | {'clientId':'Tom','role':'Manager'} | 400 | 4325
                    GET    | /1.2/rtm/conversations/CHAT/member-infos |  | 400 | 4325
                    POST   | /1.2/rtm/conversations/CHAT/blacklists | {'client_ids':['a']} | 400 | 4544
                    GET    | /1.2/rtm/clients/a/blacklists |  | 400 | 4544
                    POST   | /1.2/rtm/conversations/CHAT/temporary-silenceds | {'client_id':'a','ttl':0} | 400 | 1
                    POST   | /1.2/rtm/conversations/CHAT/temporary-silenceds | {'client_id':'a','ttl':-5} | 400 | 1
                    POST   | /1.2/rtm/conversations/CHAT/temporary-silenceds | {'client_id':'a'} | 400 | 1
                    POST   | /1.2/rtm/clients/check-online | {'client_ids':['1','2','3','4','5','6','7','8','9','10','11','12','13','14','15','16','17','18','19','20','21']} | 400 | 1
                    POST   | /1.2/rtm/broadcasts | {'from_client':'a','message':'x','conv_id':'SERVICE','valid_till':1} | 400 | 1
                    POST   | /1.2/rtm/service-conversations/SERVICE/messages | {'from_client':'a','message':'x'} | 400 | 1
                    POST   | /1.1/rtm/messages | {'from_peer':'a','message':'x','conv_id':'SERVICE'} | 400 | 1
                    POST   | /1.1/rtm/sign | {'session_token':'nobody'} | 400 | 211
                    GET    | /1.2/rtm/clients/sign?session_token=nobody |  | 400 | 211
                    GET    | /1.2/rtm/conversations?where=nonsense |  | 400 | 107
                    GET    | /1.2/rtm/conversations?where=5 |  | 400 | 1
                    POST   | /1.2/rtm/conversations | {'m': | 400 | 107
                    GET    | /1.2/rtm/nothing-here |  | 404 | 1
                    PATCH  | /1.2/rtm/stats |  | 405 | 1
                    """)
    void is_refused(String method, String path, String body, int status, int code) throws Exception {
        Operator.Answer answer = call(operator, method, path, body);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.body().path("code").asInt())
                .as(answer.body().toString())
                .isEqualTo(code);
        assertThat(answer.body().path("error").asText()).isNotEmpty();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    POST | /1.2/rtm/conversations | {'m':'Tom'} | m | "Tom"
                    POST | /1.2/rtm/conversations | {'m':[1]} | m | 1
                    POST | /1.2/rtm/conversations | {'unique':'perhaps'} | unique | perhaps
                    POST | /1.2/rtm/conversations/CHAT/members | {'client_ids':{'a':1}} | client_ids | {"a":1}
                    POST | /1.2/rtm/conversations/CHAT/messages | {'from_client':5,'message':'x'} | from_client | 5
                    POST | /1.2/rtm/conversations/CHAT/messages | {'from_client':'a','message':5} | message | 5
                    POST | /1.2/rtm/conversations/CHAT/messages | {'from_client':'a','message':'x','transient':'yes'} | transient | yes
                    POST | /1.2/rtm/conversations/CHAT/messages | {'from_client':'a','message':'x','priority':'urgent'} | priority | urgent
                    POST | /1.2/rtm/conversations/CHAT/messages | {'from_client':'a','message':'x','mention_client_ids':'b'} | mention_client_ids | "b"
                    PUT  | /1.2/rtm/conversations/CHAT/messages/ID | {'from_client':'a','message':'x','timestamp':'noon'} | timestamp | noon
                    GET  | /1.2/rtm/conversations/CHAT/messages?limit=many |  | limit | many
                    GET  | /1.2/rtm/messages?reversed=maybe |  | reversed | maybe
                    """)
    void a_value_of_the_wrong_type_is_named_with_the_rule(
            String method, String path, String body, String parameter, String value) throws Exception {
        Operator.Answer answer = call(operator, method, path, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("code").asInt()).isEqualTo(1);
        assertThat(answer.body().path("error").asText()).contains(parameter).contains(value);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    POST   | /1.2/rtm/conversations
                    GET    | /1.2/rtm/conversations
                    POST   | /1.2/rtm/conversations/CHAT/messages
                    GET    | /1.2/rtm/conversations/CHAT/messages
                    PUT    | /1.2/rtm/conversations/CHAT/messages/x
                    DELETE | /1.2/rtm/conversations/CHAT/messages/x
                    POST   | /1.2/rtm/conversations/CHAT/permanent-silenceds
                    POST   | /1.2/rtm/conversations/CHAT/temporary-silenceds
                    GET    | /1.2/rtm/conversations/CHAT/blacklists
                    GET    | /1.2/rtm/conversations/CHAT/member-infos
                    GET    | /1.2/rtm/chatrooms/ROOM/members
                    POST   | /1.2/rtm/chatrooms/ROOM/messages
                    POST   | /1.2/rtm/service-conversations/SERVICE/messages
                    POST   | /1.2/rtm/broadcasts
                    GET    | /1.2/rtm/messages
                    GET    | /1.2/rtm/stats
                    POST   | /1.2/rtm/clients/check-online
                    POST   | /1.2/rtm/clients/Tom/kick
                    GET    | /1.2/rtm/clients/Tom/messages
                    POST   | /1.2/rtm/clients/Tom/blacklists
                    POST   | /1.1/rtm/messages
                    GET    | /1.1/rtm/messages/history
                    PUT    | /1.1/rtm/messages/logs
                    POST   | /1.1/rtm/broadcast
                    POST   | /1.1/rtm/conversation/blacklist
                    POST   | /1.1/rtm/client/kick
                    POST   | /1.1/classes/_Conversation
                    GET    | /1.1/scan/classes/_Conversation
                    """)
    void needs_the_master_key(String method, String path) throws Exception {
        Operator.Answer byApp = call(new Operator(server, TestApp.KEY), method, path, "");
        Operator.Answer byStranger = call(new Operator(server, "wrong"), method, path, "");

        assertThat(byApp.status()).isEqualTo(403);
        assertThat(byApp.body().path("code").asInt()).isEqualTo(403);
        assertThat(byStranger.status()).isEqualTo(401);
        assertThat(byStranger.body().path("code").asInt()).isEqualTo(401);
        assertThat(byStranger.body().path("error").asText()).isEqualTo("Unauthorized.");
    }

    @Test
    void unknown_parameters_do_no_harm() throws Exception {
        operator.done(
                "POST",
                "/1.2/rtm/conversations/" + chat + "/messages?shiny=1",
                "{'from_client':'Tom','message':'x','never_heard_of':{'a':1}}");
    }

    @Test
    void recipients_beyond_twenty_are_passed_over() throws Exception {
        List<String> clients = java.util.stream.IntStream.range(0, 25)
                .mapToObj(i -> "'many" + i + "'")
                .toList();
        operator.done(
                "POST",
                "/1.2/rtm/service-conversations/" + service + "/messages",
                "{'from_client':'desk','message':'x','to_clients':[" + String.join(",", clients) + "]}");
        String seen = "/1.2/rtm/service-conversations/" + service + "/subscribers/many%d/messages";
        assertThat(operator.done("GET", seen.formatted(19), "")).hasSize(1);
        assertThat(operator.done("GET", seen.formatted(20), "")).isEmpty();
    }
}
