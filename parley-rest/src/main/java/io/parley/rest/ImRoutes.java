package io.parley.rest;

import io.parley.core.Dispatcher;
import java.time.Clock;

/// Everything that the REST API says about the chat, put together. Source: rest 6 to 13.
public final class ImRoutes {
    private ImRoutes() {}

    public static void mount(RestServer server, Dispatcher dispatcher, Users users, Clock clock) {
        CallLimits limits = new CallLimits(clock);
        ModerationRoutes moderation = new ModerationRoutes(dispatcher);
        ServiceMessageRoutes services = new ServiceMessageRoutes(dispatcher, limits, clock);
        new ConversationRoutes(dispatcher).mount(server);
        new MessageRoutes(dispatcher, limits).mount(server);
        new StreamRoutes(dispatcher, limits).mount(server);
        new ServiceConversationRoutes(dispatcher).mount(server);
        services.mount(server);
        moderation.mount(server);
        new RoleRoutes(dispatcher).mount(server);
        new ClientRoutes(dispatcher).mount(server);
        new FirstGenerationRoutes(dispatcher, services, moderation, limits).mount(server);
        new SigningRoutes(dispatcher, users).mount(server);
        new ConversationClassRoutes(dispatcher).mount(server);
        new NoticeRoutes(dispatcher).mount(server);
        new MemberInfoRoutes(dispatcher).mount(server);
    }
}
