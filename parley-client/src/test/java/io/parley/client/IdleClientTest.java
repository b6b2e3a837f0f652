package io.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testing.ParleyServer;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IdleClientTest {
    private static final int CLIENTS = 100;
    private static final long MOST_BYTES = 1_000_000;

    @RegisterExtension
    static final ParleyServer server = ParleyServer.with().create();

    /// Each program has a connection, threads and a cache of its own; what the server of this JVM needs is counted with
    /// them, so the true number is lower.
    @Test
    void an_idle_program_needs_less_than_a_megabyte_of_heap() {
        List<Device> devices = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                devices.add(Device.of(server));
                devices.get(i).enters("Warm-up");
            }
            long before = used();
            for (int i = 0; i < CLIENTS; i++) {
                Device device = Device.of(server);
                devices.add(device);
                device.enters("Idle");
            }
            long each = (used() - before) / CLIENTS;

            assertThat(each).as("bytes of heap for one idle program").isLessThan(MOST_BYTES);
            System.out.println("heap of an idle program: " + each + " bytes");
        } finally {
            devices.forEach(Device::close);
        }
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            WeakReference<Object> gone = new WeakReference<>(new Object());
            while (gone.get() != null) System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
