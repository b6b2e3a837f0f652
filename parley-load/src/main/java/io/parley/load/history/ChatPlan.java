package io.parley.load.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Who talks where: everything about a chat load that follows from its seed alone.
///
/// @param clients client ids
/// @param devicesPerClient all devices of a client are in the same conversations
public record ChatPlan(long seed, List<String> clients, int devicesPerClient, List<Talk> talks) {

    /// A conversation to be.
    ///
    /// @param founder creates it, and lets the guests in and out
    /// @param regulars members from beginning to end, the founder among them
    /// @param guests come and go
    public record Talk(String founder, List<String> regulars, List<String> guests) {
        boolean concerns(String client) {
            return regulars.contains(client) || guests.contains(client);
        }
    }

    /// @param prefix of the client ids, so that two loads on one server do not meet
    public static ChatPlan of(long seed, String prefix, int clients, int devicesPerClient, int talks) {
        Random random = new Random(seed);
        List<String> names = new ArrayList<>();
        for (int number = 0; number < clients; number++) {
            names.add(prefix + "-" + number);
        }
        List<Talk> all = new ArrayList<>();
        for (int number = 0; number < talks; number++) {
            List<String> order = new ArrayList<>(names);
            Collections.shuffle(order, random);
            int regulars = 2 + random.nextInt(clients / 2);
            int guests = Math.min(2, clients - regulars);
            all.add(new Talk(
                    order.getFirst(),
                    List.copyOf(order.subList(0, regulars)),
                    List.copyOf(order.subList(regulars, regulars + guests))));
        }
        for (String name : names) if (all.stream().noneMatch(talk -> talk.concerns(name))) invite(name, all);
        return new ChatPlan(seed, List.copyOf(names), devicesPerClient, List.copyOf(all));
    }

    /// Whom chance has forgotten.
    private static void invite(String name, List<Talk> talks) {
        Talk first = talks.getFirst();
        List<String> regulars = new ArrayList<>(first.regulars());
        regulars.add(name);
        talks.set(0, new Talk(first.founder(), List.copyOf(regulars), first.guests()));
    }
}
