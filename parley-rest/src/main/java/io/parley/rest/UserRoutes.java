package io.parley.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.record.ClassNames;
import io.parley.core.record.Records;
import io.parley.core.record.Requester;
import io.parley.core.user.Users;
import io.parley.core.user.Users.Account;

/// Users of the application: sign-up, log-in, session tokens, changes. Source: rest 17.
public final class UserRoutes implements ClassRoutes.ClassWriter {
    private static final String BASE = "/1.1/users";

    private final Users users;
    private final Records records;
    private final RecordCalls calls;
    private final LoginGuard guard;

    UserRoutes(Users users, Records records, RecordCalls calls, LoginGuard guard) {
        this.guard = guard;
        this.users = users;
        this.records = records;
        this.calls = calls;
    }

    public void mount(RestServer server) {
        server.post(BASE, this::create);
        server.get(BASE, call -> ClassRoutes.find(call, records, calls, ClassNames.USER));
        server.post("/1.1/login", this::logIn);
        server.get(BASE + "/me", this::me);
        server.get(BASE + "/:id", call -> ClassRoutes.get(call, records, calls, ClassNames.USER));
        server.put(BASE + "/:id", this::update);
        server.delete(BASE + "/:id", this::delete);
        server.put(BASE + "/:id/refreshSessionToken", this::refreshSessionToken);
        server.put(BASE + "/:id/updatePassword", this::updatePassword);
    }

    @Override
    public Answer create(Call call) {
        App app = call.caller().app();
        boolean onlyKnown = call.queryParameter("failOnNotExist")
                .filter(value -> value.equals("true") || value.equals("1"))
                .isPresent();
        Account account = users.signUp(app, call.body(), onlyKnown, calls.withoutSession(call));
        ObjectNode document = account.document(calls.links(call));
        if (!account.isNew()) return Answer.ok(document);
        ObjectNode body = RecordCalls.fetch(call) || call.body().has("authData")
                ? document
                : document.retain("sessionToken", "createdAt", "objectId");
        return Answer.json(201, body).with("Location", BASE + "/" + account.id());
    }

    private Answer logIn(Call call) {
        App app = call.caller().app();
        Account account = guard.guard(app, call, () -> users.logIn(app, call.body()));
        return Answer.ok(account.document(calls.links(call)));
    }

    private Answer me(Call call) {
        App app = call.caller().app();
        String token = call.parameter("session_token").or(call::session).orElse("");
        return Answer.ok(users.bySession(app.id(), token)
                .orElseThrow(() -> Refusal.of(ErrorCode.USER_NOT_FOUND, "Could not find user."))
                .document(calls.links(call)));
    }

    @Override
    public Answer update(Call call) {
        App app = call.caller().app();
        var written = users.update(
                app, call.pathValue("id"), call.body(), RecordCalls.condition(call), calls.requester(call));
        return RecordCalls.updated(call, written);
    }

    private Answer refreshSessionToken(Call call) {
        App app = call.caller().app();
        return Answer.ok(users.refreshSessionToken(app, call.pathValue("id"), calls.requester(call))
                .document(calls.links(call)));
    }

    private Answer updatePassword(Call call) {
        App app = call.caller().app();
        Requester requester = calls.requester(call);
        Account account = guard.guard(
                app,
                call,
                () -> users.changePassword(
                        app,
                        call.pathValue("id"),
                        call.body().path("old_password").asText(""),
                        call.body().path("new_password").asText(""),
                        requester));
        return Answer.ok(account.document(calls.links(call)));
    }

    @Override
    public Answer delete(Call call) {
        App app = call.caller().app();
        users.delete(app, call.pathValue("id"), RecordCalls.condition(call), calls.requester(call));
        return Answer.ok(Json.object());
    }
}
