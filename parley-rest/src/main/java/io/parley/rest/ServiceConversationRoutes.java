package io.parley.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.Dispatcher;
import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Subscription;
import io.parley.core.service.ServiceConversations;
import io.parley.core.subscription.Subscriptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Who subscribes to service conversations. Needs the master key. Source: rest 8, 9.
final class ServiceConversationRoutes {
    private static final String BASE = "/1.2/rtm/service-conversations";

    /// Source: rest 8, S7.
    private static final int PAGE = 50;

    private final ServiceConversations services;
    private final Subscriptions subscriptions;

    public ServiceConversationRoutes(Dispatcher dispatcher) {
        this.services = dispatcher.serviceConversations();
        this.subscriptions = dispatcher.subscriptions();
    }

    public void mount(RestServer server) {
        server.post(BASE + "/:id/subscribers", this::subscribe);
        server.delete(BASE + "/:id/subscribers/:client", this::unsubscribe);
        server.get(BASE + "/:id/subscribers", this::subscribers);
        server.get(BASE + "/:id/subscribers/count", this::count);
        server.get(
                "/1.2/rtm/clients/:client/service-conversations",
                call -> subscriptionsOf(call, call.pathValue("client")));
        mountFirstGeneration(server);
    }

    /// Source: rest 12, V11 to V16.
    private void mountFirstGeneration(RestServer server) {
        String base = "/1.1/rtm/conversation/";
        server.post(base + "subscription", call -> subscribe(call.master(), named(call), call));
        server.delete(
                base + "subscription",
                call -> unsubscribe(call.master(), named(call), new ClientId(call.required("client_id"))));
        server.get(base + "subscription", call -> {
            call.master();
            return subscriptionsOf(call, call.required("client_id"));
        });
        server.get(base + "subscribers", call -> subscribers(call.master(), named(call), call));
        server.get(base + "subscribers/count", call -> count(call.master(), named(call)));
        server.get(base + "subscribed", this::isSubscribed);
    }

    private Answer subscribe(Call call) {
        App app = call.master();
        return subscribe(app, id(call), call);
    }

    private Answer subscribe(App app, ConversationId id, Call call) {
        subscriptions.subscribe(services.get(app, id), new ClientId(call.required("client_id")));
        return Answer.ok(Json.object());
    }

    private Answer unsubscribe(Call call) {
        App app = call.master();
        return unsubscribe(app, id(call), new ClientId(call.pathValue("client")));
    }

    private Answer unsubscribe(App app, ConversationId id, ClientId client) {
        subscriptions.unsubscribe(services.get(app, id), client);
        return Answer.ok(Json.object());
    }

    private Answer subscribers(Call call) {
        App app = call.master();
        return subscribers(app, id(call), call);
    }

    private Answer subscribers(App app, ConversationId id, Call call) {
        Optional<ClientId> after =
                call.parameter("client_id").filter(name -> !name.isEmpty()).map(ClientId::new);
        return Answer.ok(
                array(subscriptions.page(services.get(app, id), after, (int) call.number("limit", PAGE, 1, PAGE))));
    }

    private Answer count(Call call) {
        App app = call.master();
        return count(app, id(call));
    }

    private Answer count(App app, ConversationId id) {
        return Answer.ok(Json.object().put("count", subscriptions.count(services.get(app, id))));
    }

    private Answer isSubscribed(Call call) {
        App app = call.master();
        return Answer.ok(BooleanNode.valueOf(
                subscriptions.isSubscribed(services.get(app, named(call)), new ClientId(call.required("client_id")))));
    }

    /// The first generation of the API names the conversation in a parameter.
    private static ConversationId named(Call call) {
        return new ConversationId(call.required("conv_id"));
    }

    /// In the order of subscription, or against it; after the last item of the page before.
    private Answer subscriptionsOf(Call call, String name) {
        App app = call.master();
        ClientId client = new ClientId(name);
        List<Subscription> all = new ArrayList<>(subscriptions.of(new ClientKey(app.id(), client)));
        Comparator<Subscription> order = Comparator.comparing(Subscription::since)
                .thenComparing(subscription -> subscription.conversation().value());
        String direction = call.parameter("direction").orElse("new");
        if (direction.equals("old")) {
            Collections.reverse(all);
            order = order.reversed();
        } else if (!direction.equals("new")) {
            throw HttpRefusal.badRequest("direction is new or old; got \"" + direction + "\"");
        }
        Optional<Subscription> last = last(call, client);
        if (last.isPresent()) {
            Comparator<Subscription> inOrder = order;
            all.removeIf(subscription -> inOrder.compare(subscription, last.get()) <= 0);
        }
        int limit = (int) call.number("limit", PAGE, 1, PAGE);
        return Answer.ok(array(all.subList(0, Math.min(limit, all.size()))));
    }

    private static Optional<Subscription> last(Call call, ClientId client) {
        Optional<Long> timestamp = call.number("timestamp");
        Optional<String> conversation = call.parameter("conv_id").filter(id -> !id.isEmpty());
        if (timestamp.isEmpty() || conversation.isEmpty()) return Optional.empty();
        return Optional.of(new Subscription(
                new ConversationId(conversation.get()), client, Instant.ofEpochMilli(timestamp.get()), false));
    }

    private static ArrayNode array(List<Subscription> subscriptions) {
        ArrayNode array = Json.array();
        for (Subscription subscription : subscriptions) {
            ObjectNode item = array.addObject();
            item.put("timestamp", subscription.since().toEpochMilli());
            item.put("subscriber", subscription.client().value());
            item.put("conv_id", subscription.conversation().value());
        }
        return array;
    }

    private static ConversationId id(Call call) {
        return new ConversationId(call.pathValue("id"));
    }
}
