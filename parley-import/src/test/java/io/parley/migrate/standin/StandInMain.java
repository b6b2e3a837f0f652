package io.parley.migrate.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Serves a large app for measurements: `StandInMain PORT MESSAGES CONVERSATIONS`. Needs hardly any memory.
public final class StandInMain {
    private StandInMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        int messages = Integer.parseInt(arguments[1]);
        int conversations = Integer.parseInt(arguments[2]);
        StandIn server = new StandIn(Integer.parseInt(arguments[0]));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < conversations; i++) {
            ids.add(SampleApp.id(i));
            server.addRow("_Conversation", SampleApp.conversation(i));
        }
        server.generate(new GeneratedHistory(messages, ids, 180));
        System.out.println("app " + StandIn.APP + ", master key " + StandIn.MASTER_KEY + ", at " + server.url());
        new CountDownLatch(1).await();
    }
}
