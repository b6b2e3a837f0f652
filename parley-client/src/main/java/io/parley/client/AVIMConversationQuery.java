package io.parley.client;

import io.parley.client.internal.ConversationData;
import io.parley.client.internal.Futures;
import io.parley.client.internal.Json;
import io.parley.client.internal.StoredMessage;
import io.parley.client.internal.cache.Cache;
import io.parley.client.internal.cache.Cache.CachedQuery;
import io.parley.client.internal.proto.ConvCommand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A search for conversations, from {@link AVIMClient#getQuery()}. Several conditions must all be true. Without any
 * condition it finds the conversations that this client is a member of; with a condition, all of the app that fit.
 *
 * <p>Keys are those of the table: {@code objectId}, {@code name}, {@code c}, {@code m}, {@code mu}, {@code lm}, {@code tr},
 * {@code sys}, {@code unique}, {@code createdAt}, {@code updatedAt}. Any other key is an attribute of the application's
 * own and gets the prefix {@code attr.}; an attribute that is called like one of those is reached by writing the prefix.
 *
 * <p>Not thread-safe; a running search does not notice later changes.
 */
public final class AVIMConversationQuery {
    private static final Set<String> BUILT_IN = Set.of(
            "objectId", "name", "c", "m", "mu", "lm", "tr", "sys", "unique", "uniqueId", "createdAt", "updatedAt");

    private static final int COMPACT = 1;
    private static final int WITH_LAST_MESSAGE = 2;

    private final AVIMClient client;
    private final Engine engine;
    private final Map<String, Object> where = new LinkedHashMap<>();
    private final Set<String> order = new LinkedHashSet<>();
    private int limit;
    private int skip;
    private int flags;
    private AVQuery.CachePolicy policy = AVQuery.CachePolicy.CACHE_ELSE_NETWORK;
    private long maxAge;

    AVIMConversationQuery(AVIMClient client) {
        this.client = client;
        this.engine = client.engine();
        this.maxAge = engine.options.cacheMaxAge.toMillis();
    }

    // ---- conditions

    /**
     * The attribute equals a value.
     *
     * @param key its name
     * @param value what to compare with
     * @return this
     */
    public AVIMConversationQuery whereEqualTo(String key, Object value) {
        return equal(key, value);
    }

    /**
     * The attribute does not equal a value, or is missing.
     *
     * @param key its name
     * @param value what to compare with
     * @return this
     */
    public AVIMConversationQuery whereNotEqualsTo(String key, Object value) {
        return condition(key, "$ne", value);
    }

    /**
     * The attribute is less than a value.
     *
     * @param key its name
     * @param value what to compare with
     * @return this
     */
    public AVIMConversationQuery whereLessThan(String key, Object value) {
        return condition(key, "$lt", value);
    }

    /**
     * The attribute is less than a value, or equals it.
     *
     * @param key its name
     * @param value what to compare with
     * @return this
     */
    public AVIMConversationQuery whereLessThanOrEqualsTo(String key, Object value) {
        return condition(key, "$lte", value);
    }

    /**
     * The attribute is greater than a value.
     *
     * @param key its name
     * @param value what to compare with
     * @return this
     */
    public AVIMConversationQuery whereGreaterThan(String key, Object value) {
        return condition(key, "$gt", value);
    }

    /**
     * The attribute is greater than a value, or equals it.
     *
     * @param key its name
     * @param value what to compare with
     * @return this
     */
    public AVIMConversationQuery whereGreaterThanOrEqualsTo(String key, Object value) {
        return condition(key, "$gte", value);
    }

    /**
     * The attribute is one of some values.
     *
     * @param key its name
     * @param values what to compare with
     * @return this
     */
    public AVIMConversationQuery whereContainedIn(String key, Collection<?> values) {
        return condition(key, "$in", List.copyOf(values));
    }

    /**
     * The attribute is none of some values.
     *
     * @param key its name
     * @param values what to compare with
     * @return this
     */
    public AVIMConversationQuery whereNotContainsIn(String key, Collection<?> values) {
        return condition(key, "$nin", List.copyOf(values));
    }

    /**
     * The attribute is a list that has all of some values.
     *
     * @param key its name
     * @param values what to compare with
     * @return this
     */
    public AVIMConversationQuery whereContainsAll(String key, Collection<?> values) {
        return condition(key, "$all", List.copyOf(values));
    }

    /**
     * The attribute is a list of that size.
     *
     * @param key its name
     * @param size what to compare with
     * @return this
     */
    public AVIMConversationQuery whereSizeEqual(String key, int size) {
        return condition(key, "$size", size);
    }

    /**
     * The attribute matches a regular expression.
     *
     * @param key its name
     * @param regex anywhere in the text, unless it is anchored
     * @return this
     */
    public AVIMConversationQuery whereMatches(String key, String regex) {
        return condition(key, "$regex", regex);
    }

    /**
     * The attribute matches a regular expression.
     *
     * @param key its name
     * @param regex anywhere in the text, unless it is anchored
     * @param modifiers {@code i} to ignore case, {@code m} for lines, or both
     * @return this
     */
    public AVIMConversationQuery whereMatches(String key, String regex, String modifiers) {
        return condition(key, "$regex", regex).condition(key, "$options", modifiers);
    }

    /**
     * The attribute contains a text.
     *
     * @param key its name
     * @param text as it is: no character has another meaning
     * @return this
     */
    public AVIMConversationQuery whereContains(String key, String text) {
        return whereMatches(key, Pattern.quote(text));
    }

    /**
     * The attribute begins with a text.
     *
     * @param key its name
     * @param text as it is: no character has another meaning
     * @return this
     */
    public AVIMConversationQuery whereStartsWith(String key, String text) {
        return whereMatches(key, "^" + Pattern.quote(text));
    }

    /**
     * The attribute ends with a text.
     *
     * @param key its name
     * @param text as it is: no character has another meaning
     * @return this
     */
    public AVIMConversationQuery whereEndsWith(String key, String text) {
        return whereMatches(key, Pattern.quote(text) + "$");
    }

    /**
     * The attribute is there.
     *
     * @param key its name
     * @return this
     */
    public AVIMConversationQuery whereExists(String key) {
        return condition(key, "$exists", true);
    }

    /**
     * The attribute is not there.
     *
     * @param key its name
     * @return this
     */
    public AVIMConversationQuery whereDoesNotExist(String key) {
        return condition(key, "$exists", false);
    }

    /**
     * These clients are members, and perhaps others.
     *
     * @param clientIds who must be in it
     * @return this
     */
    public AVIMConversationQuery containsMembers(List<String> clientIds) {
        return condition("m", "$all", List.copyOf(clientIds));
    }

    /**
     * These clients are the members, and nobody else.
     *
     * @param clientIds all members
     * @return this
     */
    public AVIMConversationQuery withMembers(List<String> clientIds) {
        return withMembers(clientIds, false);
    }

    /**
     * These clients are the members, and nobody else.
     *
     * @param clientIds all members
     * @param includeSelf whether this client is one of them, too
     * @return this
     */
    public AVIMConversationQuery withMembers(List<String> clientIds, boolean includeSelf) {
        Set<String> all = new LinkedHashSet<>(clientIds);
        if (includeSelf) all.add(client.getClientId());
        return condition("m", "$all", new ArrayList<>(all)).condition("m", "$size", all.size());
    }

    /**
     * A search for what any of several searches finds.
     *
     * @param queries of the same client; their order and limits do not count
     * @return a new search
     */
    public static AVIMConversationQuery or(List<AVIMConversationQuery> queries) {
        if (queries.isEmpty()) throw new IllegalArgumentException("or of nothing");
        AVIMConversationQuery any = new AVIMConversationQuery(queries.get(0).client);
        any.where.put(
                "$or",
                queries.stream().map(query -> new LinkedHashMap<>(query.where)).collect(Collectors.toList()));
        return any;
    }

    private AVIMConversationQuery equal(String key, Object value) {
        where.put(column(key), value);
        return this;
    }

    private AVIMConversationQuery condition(String key, String operator, Object value) {
        String column = column(key);
        Object before = where.get(column);
        // A plain value is kept together with further conditions on the same key.
        Map<String, Object> operators = new LinkedHashMap<>();
        if (before instanceof Operators) operators.putAll((Operators) before);
        else if (before != null) operators.put("$in", List.of(before));
        operators.put(operator, value);
        where.put(column, new Operators(operators));
        return this;
    }

    /** Tells conditions from values that are maps, too. */
    private static final class Operators extends LinkedHashMap<String, Object> {
        private static final long serialVersionUID = 1;

        Operators(Map<String, Object> operators) {
            super(operators);
        }
    }

    private static String column(String key) {
        return key.startsWith("attr.") || BUILT_IN.contains(key) ? key : "attr." + key;
    }

    // ---- which of them, and how much of them

    /**
     * How many at most; 10 if nothing is said.
     *
     * @param limit 1 to 1000
     * @return this
     */
    public AVIMConversationQuery limit(int limit) {
        this.limit = limit;
        return this;
    }

    /**
     * The same as {@link #limit}, under its other name.
     *
     * @param limit 1 to 1000
     * @return this
     */
    public AVIMConversationQuery setLimit(int limit) {
        return limit(limit);
    }

    /**
     * Leaves out the first ones, for paging.
     *
     * @param skip how many
     * @return this
     */
    public AVIMConversationQuery skip(int skip) {
        this.skip = skip;
        return this;
    }

    /**
     * The same as {@link #skip}, under its other name.
     *
     * @param skip how many
     * @return this
     */
    public AVIMConversationQuery setSkip(int skip) {
        return skip(skip);
    }

    /**
     * Smallest first. Without an order, the conversation with the newest message comes first.
     *
     * @param key what to compare
     * @return this
     */
    public AVIMConversationQuery orderByAscending(String key) {
        order.clear();
        return addAscendingOrder(key);
    }

    /**
     * Largest first. Without an order, the conversation with the newest message comes first.
     *
     * @param key what to compare
     * @return this
     */
    public AVIMConversationQuery orderByDescending(String key) {
        order.clear();
        return addDescendingOrder(key);
    }

    /**
     * Among equals, smallest first.
     *
     * @param key what to compare
     * @return this
     */
    public AVIMConversationQuery addAscendingOrder(String key) {
        order.add(column(key));
        return this;
    }

    /**
     * Among equals, largest first.
     *
     * @param key what to compare
     * @return this
     */
    public AVIMConversationQuery addDescendingOrder(String key) {
        order.add("-" + column(key));
        return this;
    }

    /**
     * Whether {@link AVIMConversation#getLastMessage()} shall be told, too.
     *
     * @param wanted true to get it
     * @return this
     */
    public AVIMConversationQuery setWithLastMessagesRefreshed(boolean wanted) {
        return flag(WITH_LAST_MESSAGE, wanted);
    }

    /**
     * Whether members shall be left out, which saves traffic for large groups.
     *
     * @param wanted true to leave them out
     * @return this
     */
    public AVIMConversationQuery setCompact(boolean wanted) {
        return flag(COMPACT, wanted);
    }

    private AVIMConversationQuery flag(int flag, boolean on) {
        flags = on ? flags | flag : flags & ~flag;
        return this;
    }

    // ---- cache

    /**
     * Where to look for the answer.
     *
     * @param policy {@link AVQuery.CachePolicy#CACHE_ELSE_NETWORK} if nothing is said
     * @return this
     */
    public AVIMConversationQuery setQueryPolicy(AVQuery.CachePolicy policy) {
        this.policy = policy;
        return this;
    }

    /**
     * How old an answer of the cache may be; an hour if nothing is said. What this client learns of changes makes it
     * old at once.
     *
     * @param millis milliseconds
     * @return this
     */
    public AVIMConversationQuery setCacheMaxAge(long millis) {
        maxAge = millis;
        return this;
    }

    // ---- the search

    /**
     * Searches.
     *
     * @return what was found; with {@link AVQuery.CachePolicy#CACHE_THEN_NETWORK}, what the server has found
     */
    public CompletableFuture<List<AVIMConversation>> findInBackground() {
        return engine.future(find());
    }

    /**
     * Searches.
     *
     * @param callback is given what was found; twice with {@link AVQuery.CachePolicy#CACHE_THEN_NETWORK}
     */
    public void findInBackground(AVIMConversationQueryCallback callback) {
        if (policy != AVQuery.CachePolicy.CACHE_THEN_NETWORK) {
            engine.call(find(), callback::done);
            return;
        }
        String key = key();
        ConvCommand.Builder request = request();
        cached(key, Long.MAX_VALUE).whenComplete((known, error) -> {
            if (known != null) engine.call(CompletableFuture.completedFuture(known), callback::done);
            engine.call(network(key, request), callback::done);
        });
    }

    private CompletableFuture<List<AVIMConversation>> find() {
        String key = key();
        ConvCommand.Builder request = request();
        switch (policy) {
            case IGNORE_CACHE:
                return client.calls().find(request);
            case NETWORK_ELSE_CACHE:
                return network(key, request)
                        .handle((found, error) -> {
                            if (error == null) return CompletableFuture.completedFuture(found);
                            if (!AVIMClient.isOffline(error)) return Futures.<List<AVIMConversation>>failed(error);
                            return cached(key, Long.MAX_VALUE).thenCompose(known -> orElse(known, error));
                        })
                        .thenCompose(result -> result);
            case CACHE_ONLY:
                return cached(key, maxAge)
                        .thenCompose(known -> orElse(
                                known,
                                new AVIMException(AVIMException.CACHE_MISS, "the cache does not know the answer")));
            case CACHE_ELSE_NETWORK:
                return cached(key, maxAge)
                        .thenCompose(known ->
                                known == null ? network(key, request) : CompletableFuture.completedFuture(known));
            default:
                return network(key, request);
        }
    }

    private static CompletableFuture<List<AVIMConversation>> orElse(
            @Nullable List<AVIMConversation> known, Throwable error) {
        return known == null ? Futures.failed(error) : CompletableFuture.completedFuture(known);
    }

    private ConvCommand.Builder request() {
        ConvCommand.Builder request = ConvCommand.newBuilder();
        if (!where.isEmpty()) request.setWhere(ClientCalls.json(Json.write(where)));
        if (!order.isEmpty()) request.setSort(String.join(",", order));
        if (limit > 0) request.setLimit(limit);
        if (skip > 0) request.setSkip(skip);
        if (flags > 0) request.setFlag(flags);
        return request;
    }

    private String key() {
        return Json.write(Map.of(
                "where", new LinkedHashMap<>(where), "order", List.copyOf(order), "page", List.of(limit, skip, flags)));
    }

    private CompletableFuture<List<AVIMConversation>> network(String key, ConvCommand.Builder request) {
        return client.calls().find(request).whenComplete((found, error) -> {
            if (error != null) return;
            List<String> ids =
                    found.stream().map(AVIMConversation::getConversationId).collect(Collectors.toList());
            engine.store.write(
                    (cache, history) -> cache.putQuery(client.getClientId(), key, ids, System.currentTimeMillis()));
        });
    }

    /** Null when the cache has no answer that is new enough. */
    private CompletableFuture<@Nullable List<AVIMConversation>> cached(String key, long age) {
        CompletableFuture<Optional<List<ConversationData>>> found =
                engine.store.read((cache, history) -> lookUp(cache, key, age), Optional.empty());
        return found.thenApply(documents -> documents
                .map(all -> all.stream().map(this::known).collect(Collectors.toList()))
                .orElse(null));
    }

    private Optional<List<ConversationData>> lookUp(Cache cache, String key, long age) {
        CachedQuery answer = cache.query(client.getClientId(), key);
        if (answer == null || System.currentTimeMillis() - answer.at >= age) return Optional.empty();
        List<ConversationData> documents = new ArrayList<>();
        for (String id : answer.conversations) {
            ConversationData document = cache.conversation(client.getClientId(), id);
            if (document == null) return Optional.empty();
            documents.add(document);
        }
        return Optional.of(documents);
    }

    /** What the program has seen itself is never older than what it has written down. */
    private AVIMConversation known(ConversationData document) {
        AVIMConversation conversation = client.conversation(document.id());
        conversation.state().change(data -> data.isComplete() ? data : document);
        StoredMessage last = StoredMessage.ofDocument(document.document());
        if (last != null) conversation.state().tell(AVIMMessageManager.message(last, client.getClientId()));
        return conversation;
    }
}
