package io.parley.outbound.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.push.Platform;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Push data in Apple's form. Source: semantics 13.3.
class ApnsPayloadTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'alert':'hi'}                                      |    | {'aps':{'alert':'hi'}}",
                "{'alert':'hi','title':'T'}                          |    | {'aps':{'alert':{'title':'T','body':'hi'}}}",
                "{'alert':{'title':'A','body':'b','loc-key':'k'}}    |    | "
                        + "{'aps':{'alert':{'title':'A','body':'b','loc-key':'k'}}}",
                "{'alert':{'body':'b'},'title':'T'}                  |    | {'aps':{'alert':{'body':'b','title':'T'}}}",
                "{'alert':'hi','badge':7}                            | 7  | {'aps':{'alert':'hi','badge':7}}",
                "{'alert':'hi','badge':'Increment'}                  | 3  | {'aps':{'alert':'hi','badge':3}}",
                "{'alert':'hi','badge':'increment'}                  |    | {'aps':{'alert':'hi'}}",
                "{'alert':'a','ios':{'badge':0}}                     | 0  | {'aps':{'alert':'a','badge':0}}",
                "{'alert':'a','sound':{'name':'s','critical':1,'volume':0.5}} | | "
                        + "{'aps':{'alert':'a','sound':{'name':'s','critical':1,'volume':0.5}}}",
                "{'alert':'a','category':'c','thread-id':'t','mutable-content':1} | | "
                        + "{'aps':{'alert':'a','category':'c','thread-id':'t','mutable-content':1}}",
                "{'content-available':1,'url-args':['u'],'target-content-id':'w'} | | "
                        + "{'aps':{'content-available':1,'url-args':['u'],'target-content-id':'w'}}",
                "{'aps':{'alert':'native','x':1},'alert':'common'}   |    | {'aps':{'alert':'native','x':1}}",
                "{'alert':'a','conv':'c1','o':{'p':1}}               |    | {'aps':{'alert':'a'},'conv':'c1','o':{'p':1}}",
                "{'alert':'a','silent':true,'action':'x.y','_notificationChannel':'c'} | | {'aps':{'alert':'a'}}",
                "{'alert':'a','collapse-id':'c','apns-priority':5,'apns-push-type':'alert'} | | {'aps':{'alert':'a'}}",
                "{'alert':'a','_profile':'dev','_apns_team_id':'T'}  |    | {'aps':{'alert':'a'}}",
            })
    void keys_find_their_place(String data, Integer badge, String expected) {
        String payload = ApnsPayload.of(
                PushApp.notification(Platform.IOS, data).content(),
                badge == null ? OptionalInt.empty() : OptionalInt.of(badge));

        assertThat(PushApp.json(payload)).isEqualTo(PushApp.json(expected));
    }
}
