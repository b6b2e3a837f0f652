package io.parley.core.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.app.App;
import io.parley.core.app.Hook;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.outbox.Job;
import io.parley.core.outbox.Outbox;
import io.parley.core.outbox.Purpose;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks hooks before something happens, in the caller's own thread, and tells hooks afterwards, through the outbox.
/// Thread-safe. Costs a look at the settings when an app has none. Source: semantics 10.
public final class Hooks {
    private static final Logger log = LoggerFactory.getLogger(Hooks.class);

    private final HookCaller caller;
    private final Outbox outbox;

    public Hooks(HookCaller caller, Outbox outbox) {
        this.caller = caller;
        this.outbox = outbox;
    }

    /// Whether the app has, or may have, this hook.
    public boolean has(App app, Hook hook) {
        return app.settings().hooks().any() && caller.has(app, hook);
    }

    /// Asks a hook. When it fails, its answer is missing, or the whole is refused: as the app's settings say.
    ///
    /// @param refusal of what the hook is asked about
    /// @return missing when there is no such hook
    public JsonNode ask(App app, Hook hook, ObjectNode parameters, ErrorCode refusal) {
        if (!has(app, hook)) return MissingNode.getInstance();
        try {
            return caller.call(app, hook, parameters);
        } catch (HookFailure failure) {
            boolean closed = app.settings().hooks().failsClosed(hook);
            log.warn(
                    "a hook failed app={} hook={} refused={} reason={}",
                    app.id(),
                    hook.function(),
                    closed,
                    failure.reason());
            if (closed) throw Refusal.of(refusal, "the hook %s failed: %s", hook.function(), failure.reason());
            return MissingNode.getInstance();
        }
    }

    /// Asks a hook that may say no: by a truthy value of `flag`, with `code` and `detail` for the client.
    JsonNode askOrRefuse(App app, Hook hook, ObjectNode parameters, ErrorCode refusal, String flag) {
        JsonNode answer = ask(app, hook, parameters, refusal);
        if (truthy(answer.path(flag)))
            throw Refusal.byApp(
                    refusal,
                    code(answer),
                    Optional.of(answer.path("detail").asText("")).filter(detail -> !detail.isEmpty()));
        return answer;
    }

    static OptionalInt code(JsonNode answer) {
        JsonNode code = answer.path("code");
        return code.isNumber() ? OptionalInt.of(code.intValue()) : OptionalInt.empty();
    }

    /// As JavaScript, in which most hooks are written, sees it.
    static boolean truthy(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> value.doubleValue() != 0;
            case STRING -> !value.textValue().isEmpty();
            case ARRAY, OBJECT, BINARY, POJO -> true;
            case MISSING, NULL -> false;
        };
    }

    /// Has a hook told, after whatever was told in the same lane before. Returns when that is certain.
    public void tell(App app, Hook hook, String lane, ObjectNode parameters) {
        if (has(app, hook)) outbox.add(List.of(job(app, hook, lane, parameters)));
    }

    void add(List<Job> jobs) {
        if (!jobs.isEmpty()) outbox.add(jobs);
    }

    static Job job(App app, Hook hook, String lane, ObjectNode parameters) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode().put("hook", hook.function());
        payload.set("parameters", parameters);
        return new Job(app.id(), Purpose.HOOK, lane, payload.toString());
    }
}
