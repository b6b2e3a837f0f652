package io.parley.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.Dispatcher;
import io.parley.core.app.App;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.ConversationCommand.Query;
import io.parley.core.command.ConversationCommand.Start;
import io.parley.core.command.ConversationCommand.Update;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Kind;
import io.parley.core.command.Reply;
import io.parley.core.command.Subscription;
import io.parley.core.service.ServiceConversations;
import io.parley.core.subscription.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Service conversations and who subscribes to them. Needs the master key. Source: rest 8, 9.
public final class ServiceConversationRoutes {
    private static final String BASE = "/1.2/rtm/service-conversations";

    /// Source: rest 8, S7.
    private static final int PAGE = 50;

    private final Dispatcher dispatcher;
    private final ServiceConversations services;
    private final Subscriptions subscriptions;

    public ServiceConversationRoutes(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
        this.services = dispatcher.serviceConversations();
        this.subscriptions = dispatcher.subscriptions();
    }

    public void mount(RestServer server) {
        server.post(BASE, this::create);
        server.get(BASE, this::find);
        server.put(BASE + "/:id", this::update);
        server.delete(BASE + "/:id", this::delete);
        server.post(BASE + "/:id/subscribers", this::subscribe);
        server.delete(BASE + "/:id/subscribers/:client", this::unsubscribe);
        server.get(BASE + "/:id/subscribers", this::subscribers);
        server.get(BASE + "/:id/subscribers/count", this::count);
        server.get("/1.2/rtm/clients/:client/service-conversations", this::subscriptionsOf);
    }

    private Answer create(Call call) {
        Start start = new Start(List.of(), call.body(), Kind.SERVICE, false, Duration.ZERO, Optional.empty());
        Reply.Started made = (Reply.Started) dispatcher.handle(call.application(), start);
        return Answer.ok(Json.object()
                .put("objectId", made.conversation().value())
                .put("createdAt", Json.iso(made.createdAt())));
    }

    private Answer find(Call call) {
        App app = call.master();
        Query query = new Query(
                call.json("where"),
                call.parameter("order").orElse(""),
                (int) call.number("limit", 100, 0, Query.MAX_LIMIT),
                (int) call.number("skip", 0, 0, Integer.MAX_VALUE),
                false,
                false,
                List.of());
        return Answer.ok(Json.object().set("results", services.find(app, query)));
    }

    private Answer update(Call call) {
        ConversationId id = services.get(call.master(), id(call)).id();
        Reply.Updated after = (Reply.Updated) dispatcher.handle(call.application(), new Update(id, call.body()));
        return Answer.ok(
                Json.object().put("updatedAt", Json.iso(after.updatedAt())).put("objectId", id.value()));
    }

    private Answer delete(Call call) {
        services.delete(call.master(), id(call));
        return Answer.ok(Json.object());
    }

    private Answer subscribe(Call call) {
        App app = call.master();
        subscriptions.subscribe(services.get(app, id(call)), new ClientId(call.required("client_id")));
        return Answer.ok(Json.object());
    }

    private Answer unsubscribe(Call call) {
        App app = call.master();
        subscriptions.unsubscribe(services.get(app, id(call)), new ClientId(call.pathValue("client")));
        return Answer.ok(Json.object());
    }

    private Answer subscribers(Call call) {
        App app = call.master();
        Optional<ClientId> after =
                call.parameter("client_id").filter(id -> !id.isEmpty()).map(ClientId::new);
        return Answer.ok(array(
                subscriptions.page(services.get(app, id(call)), after, (int) call.number("limit", PAGE, 1, PAGE))));
    }

    private Answer count(Call call) {
        App app = call.master();
        return Answer.ok(Json.object().put("count", subscriptions.count(services.get(app, id(call)))));
    }

    /// In the order of subscription, or against it; after the last item of the page before.
    private Answer subscriptionsOf(Call call) {
        App app = call.master();
        List<Subscription> all =
                new ArrayList<>(subscriptions.of(new ClientKey(app.id(), new ClientId(call.pathValue("client")))));
        Comparator<Subscription> order = Comparator.comparing(Subscription::since)
                .thenComparing(subscription -> subscription.conversation().value());
        String direction = call.parameter("direction").orElse("new");
        if (direction.equals("old")) {
            Collections.reverse(all);
            order = order.reversed();
        } else if (!direction.equals("new")) {
            throw HttpRefusal.badRequest("direction is new or old; got \"" + direction + "\"");
        }
        Optional<Subscription> last = last(call);
        if (last.isPresent()) {
            Comparator<Subscription> inOrder = order;
            all.removeIf(subscription -> inOrder.compare(subscription, last.get()) <= 0);
        }
        int limit = (int) call.number("limit", PAGE, 1, PAGE);
        return Answer.ok(array(all.subList(0, Math.min(limit, all.size()))));
    }

    private static Optional<Subscription> last(Call call) {
        Optional<Long> timestamp = call.number("timestamp");
        Optional<String> conversation = call.parameter("conv_id").filter(id -> !id.isEmpty());
        if (timestamp.isEmpty() || conversation.isEmpty()) return Optional.empty();
        return Optional.of(new Subscription(
                new ConversationId(conversation.get()),
                new ClientId(call.pathValue("client")),
                Instant.ofEpochMilli(timestamp.get()),
                false));
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
