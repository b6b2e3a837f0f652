package io.parley.load.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class MeasureTest {
    @Test
    void messages_that_come_in_order_are_fine() {
        SequenceCheck check = new SequenceCheck();
        for (int number = 1; number <= 5; number++) {
            assertThat(check.arrived(number)).isTrue();
        }

        assertThat(check.lost(5)).isZero();
        assertThat(check.doubled()).isZero();
        assertThat(check.reordered()).isZero();
    }

    @Test
    void gaps_and_a_missing_end_are_losses() {
        SequenceCheck check = new SequenceCheck();
        check.arrived(1);
        check.arrived(4);

        assertThat(check.lost(6)).isEqualTo(4);
    }

    @Test
    void a_message_after_a_later_one_is_out_of_order_but_not_lost() {
        SequenceCheck check = new SequenceCheck();
        check.arrived(2);

        assertThat(check.arrived(1)).isTrue();
        assertThat(check.reordered()).isEqualTo(1);
        assertThat(check.lost(2)).isZero();
    }

    @Test
    void the_second_coming_of_a_message_is_a_double() {
        SequenceCheck check = new SequenceCheck();
        check.arrived(1);

        assertThat(check.arrived(1)).isFalse();
        assertThat(check.doubled()).isEqualTo(1);
    }

    @Test
    void the_process_behind_a_port_is_found_and_read() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServerProcess self =
                    ServerProcess.listeningOn(socket.getLocalPort()).orElseThrow();

            assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
            assertThat(self.residentBytes()).isGreaterThan(10_000_000);
            assertThat(self.cpuSeconds()).isGreaterThan(0);
            assertThat(self.maxOpenFiles()).isPresent();
        }
    }

    @Test
    void heap_use_is_summed_over_its_parts() {
        String exposition = """
                # HELP jvm_memory_used_bytes The amount of used memory
                jvm_memory_used_bytes{area="heap",id="Eden"} 1.5E6
                jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 7.0
                jvm_memory_used_bytes{area="heap",id="Old"} 500.0
                """;

        assertThat(ServerMetrics.sumOfHeap(exposition)).isEqualTo(1_500_500);
        assertThat(ServerMetrics.sumOfHeap("nothing")).isNaN();
    }

    @Test
    void a_report_leaves_out_what_could_not_be_measured() {
        Report report = new Report("direct")
                .put("pairs", 2, "")
                .put("cost", Double.NaN, "µs")
                .put("said", "\"so\"");

        assertThat(report.asTable()).contains("pairs", "2").doesNotContain("cost");
        assertThat(report.asJson())
                .contains("\"pairs\": 2", "\"said\": \"\\\"so\\\"\"")
                .doesNotContain("cost");
    }
}
