package io.parley.load.workload;

import io.parley.load.client.LightClient;
import io.parley.load.client.Listener;
import io.parley.load.client.Loop;
import io.parley.load.measure.Verdict;
import io.parley.protocol.proto.GenericCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// The logged-in clients of a run. Clients are numbered from 0.
final class Crowd {
    private final List<LightClient> clients;
    private final List<Relay> relays;

    private Crowd(List<LightClient> clients, List<Relay> relays) {
        this.clients = clients;
        this.relays = relays;
    }

    /// Logs in clients 0 to `count` - 1 and waits for all.
    ///
    /// @param perSecond at most so many; 0 for as fast as it goes
    static Crowd gather(Stage stage, int count, IntFunction<Loop> loop, int perSecond, Verdict verdict)
            throws InterruptedException {
        return new Crowd(List.of(), List.of()).grow(stage, count, loop, perSecond, verdict);
    }

    /// This crowd and `more` clients, whose numbers go on from here.
    Crowd grow(Stage stage, int more, IntFunction<Loop> loop, int perSecond, Verdict verdict)
            throws InterruptedException {
        int first = clients.size();
        List<Relay> allRelays = new ArrayList<>(relays);
        for (int number = 0; number < more; number++) {
            allRelays.add(new Relay(verdict));
        }
        List<LightClient> allClients = new ArrayList<>(clients);
        allClients.addAll(stage.loginAll(first, more, loop, allRelays::get, perSecond));
        return new Crowd(allClients, allRelays);
    }

    LightClient client(int number) {
        return clients.get(number);
    }

    void listen(int number, Listener listener) {
        relays.get(number).to(listener);
    }

    void tell(GenericCommand.Builder command) {
        clients.forEach(client -> client.tell(command));
    }

    /// From now on this connection may end.
    void over(int number) {
        relays.get(number).over();
    }

    /// From now on connections may end.
    void over() {
        relays.forEach(Relay::over);
    }
}
