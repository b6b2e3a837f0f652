package io.parley.load.workload;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// Local addresses to connect from. One address has some 28,000 ports for connections to one server; on the
/// loopback interface every 127.x.y.z is another address.
final class SourceAddresses {
    private static final int PORTS_PER_ADDRESS = 25_000;

    private final String host;
    private final int connections;

    SourceAddresses(String host, int connections) {
        this.host = host;
        this.connections = connections;
    }

    /// For the `number`th connection; empty when the system's choice is good enough.
    Optional<InetSocketAddress> of(int number) {
        if (connections <= PORTS_PER_ADDRESS) {
            return Optional.empty();
        }
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress()) {
                throw new SetupException("more than " + PORTS_PER_ADDRESS
                        + " connections from one machine need a server on" + " its loopback interface");
            }
            byte[] address = {127, 0, 0, (byte) (2 + number / PORTS_PER_ADDRESS)};
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), 0));
        } catch (UnknownHostException unknown) {
            throw new SetupException("the host " + host + " is unknown");
        }
    }
}
