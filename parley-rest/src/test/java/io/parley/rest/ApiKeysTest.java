package io.parley.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.core.session.AppKey;
import io.parley.core.session.Application;
import io.parley.core.session.Caller;
import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeysTest {
    private final ApiKeys keys = new ApiKeys(TestApps.one());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-LC-Id                    | X-LC-Key                    | UtOCzqb67d3sN12Kts4URwy8",
                "X-AVOSCloud-Application-Id | X-AVOSCloud-Application-Key | UtOCzqb67d3sN12Kts4URwy8",
                "X-Uluru-Application-Id     | X-Uluru-Application-Key     | UtOCzqb67d3sN12Kts4URwy8",
                "x-lc-id                    | x-lc-key                    | UtOCzqb67d3sN12Kts4URwy8",
                "X-LC-Id                    | X-LC-Sign                   | d5bcbb897e19b2f6633c716dfdfaf9be,1453014943466",
                "X-LC-Id                    | X-LC-Sign                   | D5BCBB897E19B2F6633C716DFDFAF9BE,1453014943466",
                "X-AVOSCloud-Application-Id | X-AVOSCloud-Request-Sign    | d5bcbb897e19b2f6633c716dfdfaf9be,1453014943466",
            })
    void a_client_is_known_by_the_app_key_or_a_signature_made_with_it(String idHeader, String header, String value) {
        assertThat(verify(idHeader, TestApps.ID, header, value)).isInstanceOf(AppKey.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-LC-Key               | DyJegPlemooo4X1tg94gQkw1,master",
                "X-AVOSCloud-Master-Key | DyJegPlemooo4X1tg94gQkw1",
                "X-Uluru-Master-Key     | DyJegPlemooo4X1tg94gQkw1",
                "X-LC-Sign              | e074720658078c898aa0d4b1b82bdf4b,1453014943466,master",
            })
    void a_master_is_known_by_the_master_key_or_a_signature_made_with_it(String header, String value) {
        assertThat(verify("X-LC-Id", TestApps.ID, header, value)).isInstanceOf(Application.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-LC-Key  | wrong",
                "X-LC-Key  | DyJegPlemooo4X1tg94gQkw1",
                "X-LC-Key  | UtOCzqb67d3sN12Kts4URwy8,master",
                "X-LC-Sign | d5bcbb897e19b2f6633c716dfdfaf9be,1453014943467",
                "X-LC-Sign | d5bcbb897e19b2f6633c716dfdfaf9be,1453014943466,master",
                "X-LC-Sign | e074720658078c898aa0d4b1b82bdf4b,1453014943466",
                "X-LC-Sign | d5bcbb897e19b2f6633c716dfdfaf9be,1453014943466,ax-sig-1",
                "X-LC-Sign | d5bcbb897e19b2f6633c716dfdfaf9be",
                "X-LC-Sign | ,",
                "X-LC-UA   | nothing",
            })
    void everyone_else_is_unauthorized(String header, String value) {
        assertUnauthorized(TestApps.ID, header, value);
    }

    @Test
    void an_unknown_or_malformed_app_id_is_unauthorized() {
        assertUnauthorized("someOtherApp", "X-LC-Key", TestApps.KEY);
        assertUnauthorized("not an id!", "X-LC-Key", TestApps.KEY);
    }

    @Test
    void a_key_counts_before_a_signature() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("X-LC-Id", TestApps.ID)
                .add("X-LC-Key", "wrong")
                .add("X-LC-Sign", "d5bcbb897e19b2f6633c716dfdfaf9be,1453014943466");

        assertThatThrownBy(() -> keys.verify(Credentials.ofHeaders(headers))).isInstanceOf(HttpRefusal.class);
    }

    private void assertUnauthorized(String id, String header, String value) {
        assertThatThrownBy(() -> verify("X-LC-Id", id, header, value))
                .isInstanceOfSatisfying(HttpRefusal.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(401);
                    assertThat(refusal.code()).isEqualTo(401);
                });
    }

    private Caller verify(String idHeader, String id, String header, String value) {
        return keys.verify(Credentials.ofHeaders(
                MultiMap.caseInsensitiveMultiMap().add(idHeader, id).add(header, value)));
    }
}
