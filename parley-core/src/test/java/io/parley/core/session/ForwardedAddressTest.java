package io.parley.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ForwardedAddressTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    203.0.113.9                | 203.0.113.9
                    10.0.0.1, 203.0.113.9      | 203.0.113.9
                    10.0.0.1,203.0.113.9       | 203.0.113.9
                    2001:db8::7                | 2001:db8::7
                    203.0.113.9, <script>      |
                    unknown                    |
                    "203.0.113.9,"             |
                    ""                         |
                    """)
    void the_address_that_the_proxy_added_counts(String header, String address) {
        assertThat(ForwardedAddress.of(List.of(header)).orElse(null)).isEqualTo(address);
    }

    @Test
    void a_header_that_the_client_sent_along_does_not_count() {
        assertThat(ForwardedAddress.of(List.of("10.0.0.1", "203.0.113.9"))).contains("203.0.113.9");
    }

    @Test
    void without_a_header_nothing_is_known() {
        assertThat(ForwardedAddress.of(List.of())).isEmpty();
    }
}
