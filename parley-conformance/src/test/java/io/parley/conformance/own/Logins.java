package io.parley.conformance.own;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.parley.client.AVIMClient;
import io.parley.client.AVIMClientOpenOption;
import io.parley.client.AVIMConversation;
import io.parley.client.AVIMMessage;
import io.parley.client.AVIMOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.OkHttpClient;

/// Who is logged in, on which device. A client that logs in again after it closed gets its device back. Thread-safe.
final class Logins implements AutoCloseable {
    private final OkHttpClient http;
    private final Events.Wire wire;
    private final Map<String, Login> logins = new ConcurrentHashMap<>();

    // guarded by this
    private final List<Device> devices = new ArrayList<>();
    private final Map<String, Device> shared = new HashMap<>();
    private final Map<String, Device> closed = new HashMap<>();
    private JsonNode configuration = MissingNode.getInstance();

    /// A client on a device.
    ///
    /// @param wish what the login was made with; the same wish may have the same device again
    record Login(AVIMClient client, Device device, String wish, Map<String, AVIMMessage> messages) {
        AVIMConversation conversation(JsonNode args) {
            return client.getConversation(args.path("cid").asText());
        }
    }

    Logins(OkHttpClient http, Events.Wire wire) {
        this.http = http;
        this.wire = wire;
    }

    synchronized void configure(JsonNode wanted) {
        configuration = wanted;
    }

    Login get(JsonNode args) {
        return Objects.requireNonNull(logins.get(args.path("client").asText()), "nobody has this login");
    }

    CompletableFuture<Map<String, Object>> open(JsonNode args) {
        String id = args.path("id").asText();
        String handle = args.path("client").asText();
        String wish = id + args.path("tag") + args.path("pushOfflineMessages") + args.path("signing");
        Device device = device(args, wish);
        device.isCalled(id, handle);
        AVIMClient client = device.realtime.getClient(id, args.path("tag").asText(""));
        logins.put(handle, new Login(client, device, wish, new ConcurrentHashMap<>()));
        boolean automatic = args.path("isReconnect").asBoolean();
        return client.open(new AVIMClientOpenOption().setReconnect(automatic))
                .thenApply(opened -> Map.of("id", opened.getClientId()));
    }

    private synchronized Device device(JsonNode args, String wish) {
        String connection = args.path("connection").asText("");
        if (!connection.isEmpty()) return shared.computeIfAbsent(connection, name -> start(args));
        Device before = closed.remove(wish);
        return before != null ? before : start(args);
    }

    private Device start(JsonNode args) {
        String appId = configuration.path("appId").asText();
        AVIMOptions.Builder options = AVIMOptions.builder(
                appId,
                configuration.path("appKey").asText(),
                configuration.path("url").asText());
        Device device =
                new Device(options, http, args.path("pushOfflineMessages").asBoolean());
        if (args.has("signing")) device.realtime.setSignatureFactory(new Signing(appId, args.path("signing")));
        new Events(device, wire, this::note).listen();
        devices.add(device);
        return device;
    }

    /// Remembers a message, so that a test can name it by its id.
    private void note(String handle, AVIMMessage message) {
        Login login = logins.get(handle);
        if (login != null) login.messages().put(message.getMessageId(), message);
    }

    CompletableFuture<Object> close(JsonNode args) {
        Login login = get(args);
        return login.client().close().thenApply(done -> {
            synchronized (this) {
                if (!shared.containsValue(login.device())) closed.put(login.wish(), login.device());
            }
            return Map.of();
        });
    }

    @Override
    public synchronized void close() {
        devices.forEach(device -> device.realtime.shutdown());
    }
}
