package io.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.session.OfflineMode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegotiationTest {
    @ParameterizedTest
    @CsvSource({
        "lc.protobuf2.1,    false, false, 0, PUSHED_MESSAGES",
        "lc.protobuf2.2,    false, false, 0, UNREAD_COUNTS",
        "lc.protobuf2.3,    false, false, 0, UNREAD_COUNTS",
        "lc.proto2base64.1, true,  false, 1, PUSHED_MESSAGES",
        "lc.proto2base64.2, true,  false, 1, UNREAD_COUNTS",
        "lc.proto2base64.3, true,  false, 1, UNREAD_COUNTS",
        "lc.json.1,         true,  true,  2, PUSHED_MESSAGES",
        "lc.json.2,         true,  true,  2, UNREAD_COUNTS",
        "lc.json.3,         true,  true,  2, UNREAD_COUNTS",
    })
    void a_known_name_gives_format_and_offline_mode_and_is_echoed(
            String name, boolean text, boolean json, int format, OfflineMode mode) {
        Wire wire = VectorTest.wire(name);
        assertThat(wire.echo()).contains(name);
        assertThat(wire.text()).isEqualTo(text);
        assertThat(wire.json()).isEqualTo(json);
        assertThat(wire.format()).isEqualTo(format);
        assertThat(wire.offlineMode()).isEqualTo(mode);
    }

    @Test
    void who_asks_for_nothing_speaks_the_json_of_2016_and_hears_no_name() {
        Wire wire = Wire.negotiate(List.of(), Optional.empty()).orElseThrow();
        assertThat(wire.echo()).isEmpty();
        assertThat(wire.json()).isTrue();
        assertThat(wire.offlineMode()).isEqualTo(OfflineMode.PUSHED_MESSAGES);
    }

    @Test
    void the_parameter_of_a_mini_program_counts_without_a_header_and_is_never_echoed() {
        Wire wire = Wire.negotiate(List.of(), Optional.of("lc.proto2base64.3")).orElseThrow();
        assertThat(wire.echo()).isEmpty();
        assertThat(wire.json()).isFalse();
        assertThat(wire.text()).isTrue();
        assertThat(wire.offlineMode()).isEqualTo(OfflineMode.UNREAD_COUNTS);
    }

    @Test
    void the_header_wins_over_the_parameter() {
        assertThat(Wire.negotiate(List.of("lc.protobuf2.3"), Optional.of("lc.json.1"))
                        .flatMap(Wire::echo))
                .contains("lc.protobuf2.3");
    }

    @Test
    void the_first_known_name_of_a_list_is_taken() {
        assertThat(Wire.negotiate(List.of("chat", "lc.json.9, lc.protobuf2.1"), Optional.empty())
                        .flatMap(Wire::echo))
                .contains("lc.protobuf2.1");
    }

    @Test
    void unknown_names_are_refused() {
        assertThat(Wire.negotiate(List.of("lc.protobuf9.1"), Optional.empty())).isEmpty();
        assertThat(Wire.negotiate(List.of("chat"), Optional.of("lc.protobuf2.3")))
                .isEmpty();
        assertThat(Wire.negotiate(List.of(), Optional.of("chat"))).isEmpty();
    }
}
