package io.parley.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.rest.RouteTable.Found;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static final Endpoint NOTHING = call -> Answer.text(200, "text/plain", "");

    private final RouteTable routes = new RouteTable();

    RouteTableTest() {
        routes.add("GET", "/a/:id", NOTHING);
        routes.add("PUT", "/a/:id", NOTHING);
        routes.add("GET", "/a/fixed", NOTHING);
        routes.add("POST", "/a/:id/b/:other", NOTHING);
        routes.add("GET", "/a/fixed/c", NOTHING);
    }

    @Test
    void a_literal_segment_wins_over_a_name() {
        assertMatch("GET", "/a/fixed", "/a/fixed", Map.of());
        assertMatch("GET", "/a/else", "/a/:id", Map.of("id", "else"));
    }

    @Test
    void a_path_that_leaves_the_literal_branch_still_finds_the_named_one() {
        assertMatch("POST", "/a/fixed/b/x", "/a/:id/b/:other", Map.of("id", "fixed", "other", "x"));
    }

    @Test
    void values_are_decoded_and_a_plus_stays_a_plus() {
        assertMatch("GET", "/a/%E5%BC%A0%2F1+2", "/a/:id", Map.of("id", "张/1+2"));
    }

    @Test
    void a_broken_escape_is_refused() {
        assertThatThrownBy(() -> routes.find("GET", "/a/%zz")).isInstanceOf(HttpRefusal.class);
    }

    @Test
    void head_is_served_by_get() {
        assertMatch("HEAD", "/a/x", "/a/:id", Map.of("id", "x"));
    }

    @Test
    void another_method_learns_which_ones_there_are() {
        assertThat(routes.find("DELETE", "/a/x"))
                .isInstanceOfSatisfying(
                        Found.OtherMethods.class,
                        other -> assertThat(other.allowed()).isEqualTo(Set.of("GET", "PUT")));
    }

    @Test
    void a_part_of_a_route_or_more_than_it_is_unknown() {
        for (String path : new String[] {"/", "/a", "/a/", "/a/x/b", "/a/x/b/y/z", "/b", ""})
            assertThat(routes.find("GET", path)).as(path).isInstanceOf(Found.Unknown.class);
    }

    @Test
    void two_endpoints_for_one_route_are_a_mistake() {
        assertThatThrownBy(() -> routes.add("GET", "/a/:other", NOTHING)).isInstanceOf(IllegalArgumentException.class);
    }

    private void assertMatch(String method, String path, String pattern, Map<String, String> values) {
        assertThat(routes.find(method, path)).isInstanceOfSatisfying(Found.Match.class, match -> {
            assertThat(match.pattern()).isEqualTo(pattern);
            assertThat(match.values()).isEqualTo(values);
        });
    }
}
