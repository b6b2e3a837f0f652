package io.parley.core;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.core.aftermath.Audiences;
import io.parley.core.aftermath.Consequences;
import io.parley.core.aftermath.MessageCourier;
import io.parley.core.aftermath.UplinkCourier;
import io.parley.core.app.App;
import io.parley.core.app.AppSettings;
import io.parley.core.app.Apps;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ClientKey;
import io.parley.core.command.Command;
import io.parley.core.command.ConversationCommand;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.Device;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Event;
import io.parley.core.command.Event.Timed;
import io.parley.core.command.MemberCommand;
import io.parley.core.command.MessageCommand;
import io.parley.core.command.ModerationCommand;
import io.parley.core.command.ReceiptCommand;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.command.SessionCommand;
import io.parley.core.command.SessionCommand.Open;
import io.parley.core.conversation.ConversationClass;
import io.parley.core.conversation.ConversationQueries;
import io.parley.core.conversation.Conversations;
import io.parley.core.conversation.IdleConversations;
import io.parley.core.delivery.Arrivals;
import io.parley.core.delivery.Delivery;
import io.parley.core.filter.WordFilter;
import io.parley.core.hook.ClientHooks;
import io.parley.core.hook.ConversationHooks;
import io.parley.core.hook.HookCourier;
import io.parley.core.hook.Hooks;
import io.parley.core.hook.MessageHooks;
import io.parley.core.hook.OfflineHook;
import io.parley.core.limit.RateLimits;
import io.parley.core.member.Members;
import io.parley.core.message.Messages;
import io.parley.core.message.Screening;
import io.parley.core.message.ServiceLog;
import io.parley.core.message.StreamedReplies;
import io.parley.core.moderation.Blacklists;
import io.parley.core.moderation.GivenRole;
import io.parley.core.moderation.Moderation;
import io.parley.core.notice.Notices;
import io.parley.core.outbox.Couriers;
import io.parley.core.push.Push;
import io.parley.core.receipt.CursorStore;
import io.parley.core.receipt.Receipts;
import io.parley.core.room.Rooms;
import io.parley.core.service.Downlink;
import io.parley.core.service.ServiceConversations;
import io.parley.core.session.AppKey;
import io.parley.core.session.Application;
import io.parley.core.session.Caller;
import io.parley.core.session.Kicks;
import io.parley.core.session.OfflineMode;
import io.parley.core.session.Outlet;
import io.parley.core.session.Session;
import io.parley.core.session.SessionTokens;
import io.parley.core.session.Sessions;
import io.parley.core.signature.Signatures;
import io.parley.core.subscription.Subscriptions;
import io.parley.core.sync.Sync;
import io.parley.core.trace.Traces;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Every command there is, one line each: the table of contents of the chat. Thread-safe. Every method may block and
/// is
/// meant to run on a virtual thread. A [Refusal] thrown from here is an answer, anything else a failure.
public final class Dispatcher implements AutoCloseable {
    private final Apps apps;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final RateLimits limits;
    private final Kicks kicks;
    private final Signatures signatures;
    private final Sessions sessions;
    private final Rooms rooms;
    private final Notices notices;
    private final Conversations conversations;
    private final ConversationClass conversationClass;
    private final Moderation moderation;
    private final Blacklists blacklists;
    private final Members members;
    private final Subscriptions subscriptions;
    private final ServiceConversations serviceConversations;
    private final Receipts receipts;
    private final Messages messages;
    private final StreamedReplies streamedReplies;
    private final Sync sync;
    private final ClientHooks clientHooks;
    private final Traces traces;
    private final WordFilter filter;
    private final Push push;
    private final Couriers couriers;

    private final CursorStore cursors;
    private final ServiceLog services;

    /// So many conversations with something unread are summed up.
    private static final int MAX_UNREAD_CONVERSATIONS = 10_000;

    public Dispatcher(Apps apps, Storage storage, Outward outward, Clock clock, MeterRegistry meters) {
        cursors = storage.cursors();
        services = storage.services();
        this.apps = apps;
        this.clock = clock;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("parley-timer").factory());
        kicks = new Kicks(storage.kicks(), clock);
        signatures = new Signatures(clock, kicks, storage.usedSignatures());
        limits = new RateLimits(clock);
        sessions = new Sessions(
                signatures, new SessionTokens(storage.apps().secret(), clock, kicks), this::admit, clock, meters);
        apps.onChange(app -> {
            sessions.changed(app);
            if (!app.settings().realtime())
                Thread.ofVirtual().name("send clients away").start(() -> sendAway(app));
        });
        Hooks hooks = new Hooks(outward.hooks(), storage.outbox());
        clientHooks = new ClientHooks(hooks);
        sessions.onOusted(session -> left(session, ClientHooks.Ending.TAG_CONFLICT));
        var conversationHooks = new ConversationHooks(hooks);
        Arrivals arrivals = new Arrivals(clock);
        Delivery delivery = new Delivery(sessions, arrivals);
        rooms = new Rooms(
                storage.rooms(),
                app -> apps.find(app)
                        .map(known -> known.settings().roomRejoin())
                        .orElse(AppSettings.DEFAULT.roomRejoin()),
                clock,
                meters);
        notices = new Notices(storage.notices(), delivery, clock);
        conversations = new Conversations(
                storage.conversations(),
                new ConversationQueries(storage.conversations(), storage.messages()::last, storage.subscriptions()::of),
                notices,
                rooms,
                sessions,
                signatures,
                conversationHooks,
                clock);
        conversationClass = conversations.asClass();
        moderation = new Moderation(storage.moderation(), conversations, notices, clock);
        blacklists = new Blacklists(
                moderation,
                storage.moderation(),
                storage.conversations(),
                rooms,
                storage.subscriptions()::unsubscribe,
                signatures,
                notices);
        subscriptions = new Subscriptions(storage.subscriptions(), conversations, moderation);
        members = new Members(
                storage.conversations(),
                conversations,
                moderation,
                rooms,
                subscriptions,
                signatures,
                sessions,
                notices,
                conversationHooks);
        receipts = new Receipts(
                conversations, storage.cursors(), storage.messages(), delivery, notices, sessions, arrivals, clock);
        Counter uplinks = Counter.builder("parley.service.uplinks")
                .description("messages of clients to service conversations")
                .register(meters);
        filter = new WordFilter(apps, storage.words());
        timer.scheduleWithFixedDelay(
                () -> Thread.ofVirtual().name("reload words").start(filter::reload), 10, 10, TimeUnit.SECONDS);
        var messageHooks = new MessageHooks(hooks);
        var offlineHook = new OfflineHook(hooks);
        push = new Push(
                outward.pushes(),
                new Push.Stores(storage.records(), storage.pushes(), storage.subscriptions()),
                sessions,
                clock,
                meters);
        var audiences = new Audiences(sessions);
        var screening = new Screening(filter, messageHooks, clock);
        var consequences = new Consequences(messageHooks, offlineHook, push, audiences, storage.outbox());
        messages = new Messages(
                conversations,
                moderation,
                rooms,
                storage.messages(),
                storage.services(),
                delivery,
                receipts::requested,
                storage.cursors()::lastRead,
                (service, message) -> uplinks.increment(),
                screening,
                consequences,
                timer,
                meters);
        serviceConversations = new ServiceConversations(
                conversations,
                subscriptions,
                storage.services(),
                new Downlink(
                        subscriptions,
                        storage.messages(),
                        storage.services(),
                        screening,
                        delivery,
                        sessions,
                        push,
                        consequences,
                        meters),
                clock);
        streamedReplies = new StreamedReplies(storage.unfinished(), storage.messages());
        streamedReplies.endLeftOver();
        sync = new Sync(storage.cursors(), storage.messages(), storage.services(), arrivals, clock);
        traces = new Traces(conversations, storage.messages(), storage.cursors(), storage.pushes(), arrivals, sessions);
        couriers = new Couriers(
                apps,
                storage.outbox(),
                List.of(
                        new HookCourier(outward.hooks()),
                        new UplinkCourier(outward.uplinks(), storage.messages()),
                        new MessageCourier(
                                conversations, storage.messages(), audiences, messageHooks, offlineHook, push),
                        push.courier()),
                clock,
                meters);
        couriers.start();
        timer.scheduleWithFixedDelay(
                () -> Thread.ofVirtual().name("trim notices").start(notices::trim), 1, 60, TimeUnit.MINUTES);
        timer.scheduleWithFixedDelay(
                () -> Thread.ofVirtual().name("trim pushes").start(push::trim), 2, 60, TimeUnit.MINUTES);
        var idle = new IdleConversations(apps, storage.conversations(), clock);
        timer.scheduleWithFixedDelay(
                () -> Thread.ofVirtual().name("delete idle conversations").start(idle::deleteWhenDue),
                1,
                1,
                TimeUnit.SECONDS);
    }

    /// A login that is too fast is refused; the clients of 2016 are told that, too, since they wait for an answer.
    private void admit(App app, ClientId client, Open open) {
        limits.check(app, client, open).ifPresent(refusal -> {
            throw refusal;
        });
    }

    /// An opened session whose client has not been told yet what it missed.
    public record Opening(Session session, Reply.Opened reply, Sync.Missed missed) {}

    public boolean knows(AppId app) {
        return apps.find(app).isPresent();
    }

    /// The app, or a refusal with APP_NOT_AVAILABLE.
    public App app(AppId id) {
        return apps.get(id);
    }

    private static void checkOpenToClients(App app) {
        if (!app.settings().realtime())
            throw Refusal.of(
                    ErrorCode.APP_NOT_AVAILABLE, "the app \"%s\" is switched off: realtime is false", app.id());
    }

    /// Opens a session on a connection. Send `reply` first, then call [#catchUp].
    ///
    /// @param current the client's session on the same connection, when it opens again: it is kept
    public Opening open(App app, Outlet outlet, OfflineMode mode, Open command, Optional<Session> current) {
        checkOpenToClients(app);
        Session session = sessions.open(app, outlet, mode, command, current);
        App latest = apps.get(app.id());
        if (latest != app) sessions.changed(latest); // the settings changed meanwhile
        if (!latest.settings().realtime()) {
            sessions.close(session);
            checkOpenToClients(latest);
        }
        // Before the reply: who is told that it is back is back in its room, too.
        rooms.opened(session, sessions.of(app.id(), session.client()));
        if (current.isEmpty() || current.get() != session)
            clientHooks.online(app, session.client(), session.tag(), command.reconnect(), session.address());
        return new Opening(
                session,
                new Reply.Opened(
                        session.client(),
                        sessions.token(session),
                        app.settings().sessionTokenTtl(),
                        clock.millis()),
                missed(session, command));
    }

    /// Looked up before the client is told that it is here: what others send it from then on arrives as such, and is
    /// not counted among what it missed.
    private Sync.Missed missed(Session session, Open command) {
        try {
            return sync.missed(session, command);
        } catch (RuntimeException | Error failure) {
            disconnected(session, Optional.of(ErrorCode.INTERNAL_ERROR)); // nobody will hear of this session
            throw failure;
        }
    }

    /// Tells the client what it missed, then lets live events through.
    public void catchUp(Opening opening) {
        sync.tell(opening.session(), opening.missed());
    }

    /// Handles any command but [Open], whoever gives it. After [SessionCommand.Close] the session is over.
    public Reply handle(Caller caller, Command command) {
        return switch (caller) {
            case Session session -> ofSession(session, command);
            case Application application -> carryOut(application, command);
            case AppKey key -> ofAppKey(key, command);
        };
    }

    private Reply ofSession(Session caller, Command command) {
        if (caller.over())
            throw Refusal.of(ErrorCode.SESSION_REQUIRED, "the session of \"%s\" is over", caller.client());
        Optional<Refusal> tooFast = limits.check(caller.app(), caller.client(), command);
        if (tooFast.isPresent()) {
            // The clients of 2016 were told nothing. Source: contradiction C-25
            if (caller.capabilities().legacyJson()) return new Reply.None();
            throw tooFast.get();
        }
        return carryOut(caller, command);
    }

    /// The app key is in the hands of everybody who has the app: it opens what hurts nobody.
    private Reply ofAppKey(AppKey caller, Command command) {
        if (command instanceof MemberCommand.ListOnline || command instanceof ConversationCommand.Count)
            return carryOut(caller, command);
        throw Refusal.of(ErrorCode.SESSION_REQUIRED, "the app key does not suffice for this");
    }

    private Reply carryOut(Caller caller, Command command) {
        return switch (command) {
            case Open open -> throw new IllegalArgumentException("open() handles this");
            case SessionCommand.Kick kick -> kick(application(caller), kick);
            case SessionCommand.Refresh refresh -> refreshed(caller.requireSession(), refresh);
            case SessionCommand.Close close -> closed(caller.requireSession());
            case SessionCommand.Online online ->
                new Reply.Online(sessions.online(caller.app().id(), online.clients()));
            case SessionCommand.ReportDeviceToken report -> deviceTokenReported(caller.requireSession(), report);
            case ConversationCommand.Start start -> conversations.start(caller, start);
            case ConversationCommand.Update update -> conversations.update(caller, update);
            case ConversationCommand.Query query -> conversations.query(caller, query);
            case ConversationCommand.Count count -> members.count(caller, count);
            case MemberCommand.Add add -> members.add(caller, add);
            case MemberCommand.Remove remove -> members.remove(caller, remove);
            case MemberCommand.Mute mute -> members.mute(caller, mute);
            case MemberCommand.MuteMembers mute -> members.muteMembers(application(caller), mute);
            case MemberCommand.IsMember question -> members.isMember(caller, question);
            case MemberCommand.ListOnline question -> members.listOnline(caller, question);
            case ModerationCommand.SetRole set -> moderation.setRole(caller, set);
            case ModerationCommand.Silence silence -> moderation.silence(caller, silence);
            case ModerationCommand.SilenceFor silence -> moderation.silenceFor(application(caller), silence);
            case ModerationCommand.ListSilenced list -> moderation.listSilenced(caller, list);
            case ModerationCommand.CheckSilenced check -> moderation.checkSilenced(caller, check);
            case ModerationCommand.Block block -> blacklists.block(caller, block);
            case ModerationCommand.ListBlocked list -> blacklists.list(caller, list);
            case ModerationCommand.Refuse refuse -> blacklists.refuse(application(caller), refuse);
            case ModerationCommand.ListRefused list -> blacklists.listRefused(application(caller), list);
            case ModerationCommand.CheckBlocked check -> blacklists.check(caller, check);
            case MessageCommand.Send send -> messages.send(caller, send);
            case MessageCommand.History history -> messages.history(caller, history);
            case MessageCommand.Survey survey -> messages.survey(application(caller), survey);
            case MessageCommand.Delete delete -> messages.delete(application(caller), delete);
            case MessageCommand.Replace replace -> messages.replace(application(caller), replace);
            case MessageCommand.Modify modify -> messages.modify(caller, modify);
            case ReceiptCommand.Ack ack -> receipts.ack(caller.requireSession(), ack);
            case ReceiptCommand.Read read -> receipts.read(caller.requireSession(), read);
            case ReceiptCommand.MaxRead question -> receipts.maxRead(caller.requireSession(), question);
        };
    }

    /// No frame asks for this, so that a client cannot either.
    private static Application application(Caller caller) {
        if (caller instanceof Application application) return application;
        throw new IllegalArgumentException("only the application may do this");
    }

    private Reply kick(Application caller, SessionCommand.Kick kick) {
        ClientKey client = new ClientKey(caller.app().id(), kick.client());
        kicks.kick(client);
        sentAway(sessions.sendAway(client, ErrorCode.KICKED_BY_APP, kick.reason()));
        return new Reply.Done();
    }

    private void sendAway(App app) {
        for (ClientId client : sessions.clients(app.id()))
            sentAway(sessions.sendAway(
                    new ClientKey(app.id(), client), ErrorCode.APP_NOT_AVAILABLE, "messaging is switched off"));
    }

    private void sentAway(List<Session> ended) {
        for (Session session : ended) {
            session.takeWill(); // being sent away is no accident
            rooms.closed(session);
            left(session, ClientHooks.Ending.KICKED);
        }
    }

    private Reply refreshed(Session caller, SessionCommand.Refresh refresh) {
        return new Reply.Refreshed(
                sessions.refresh(caller, refresh.token(), refresh.signature()),
                caller.app().settings().sessionTokenTtl());
    }

    private void left(Session session, ClientHooks.Ending ending) {
        clientHooks.offline(session.app(), session.client(), session.tag(), ending, session.address());
    }

    private Reply closed(Session caller) {
        caller.takeWill(); // a planned logout leaves no will
        boolean planned = sessions.close(caller);
        rooms.closed(caller);
        if (planned) left(caller, ClientHooks.Ending.LOGOUT);
        return new Reply.Closed();
    }

    private static Reply deviceTokenReported(Session caller, SessionCommand.ReportDeviceToken report) {
        caller.device(new Device(report.deviceToken(), caller.device().deviceId()));
        return new Reply.DeviceTokenReported();
    }

    /// The connection of this session is gone without a logout.
    ///
    /// @param error of the connection, if it ended by one: the application is told
    public void disconnected(Session session, Optional<ErrorCode> error) {
        rooms.disconnected(session);
        boolean dropped = sessions.close(session);
        rooms.disconnected(session); // somebody may have put it into a room meanwhile
        if (!dropped) return;
        session.takeWill().ifPresent(Runnable::run);
        clientHooks.lost(session.app(), session.client(), session.tag(), error);
    }

    /// The client that a session token belongs to; empty when it is unknown or expired.
    public Optional<ClientId> verify(App app, String sessionToken) {
        return sessions.verify(app, sessionToken);
    }

    /// What a client was to be told after a server time (milliseconds since the epoch), at most [Notices#PAGE].
    public List<Timed> notices(ClientKey client, long after) {
        return notices.since(client, after);
    }

    /// Messages that grow while they are read.
    public StreamedReplies streamedReplies() {
        return streamedReplies;
    }

    /// The members of a conversation that were given a role, as the application or one of its members may see them.
    public Map<ClientId, GivenRole> roles(Caller caller, ConversationId conversation) {
        return moderation.roles(caller, conversation);
    }

    /// How many messages a client has not read: in one conversation, or in all of them.
    public int unread(ClientKey client, Optional<ConversationId> conversation) {
        int most = app(client.app()).settings().maxUnreadCount();
        if (conversation.isPresent())
            return cursors.unread(client, conversation.get(), most)
                    .map(Event.Unread.Entry::count)
                    .orElse(0);
        int sum = 0;
        for (Event.Unread.Entry entry : cursors.unread(client, 0, MAX_UNREAD_CONVERSATIONS, most)) sum += entry.count();
        return sum;
    }

    /// How many clients of an app are here now, and have been today.
    public Statistics statistics(AppId app) {
        return new Statistics(sessions.count(app), sessions.countOfToday(app));
    }

    public record Statistics(int online, int today) {}

    /// What checks, and makes, signatures.
    public Signatures signatures() {
        return signatures;
    }

    /// Conversations, as the application looks at them.
    public Conversations conversations() {
        return conversations;
    }

    /// Conversations as rows of a class. Call [#membersChanged] after each change.
    public ConversationClass conversationClass() {
        return conversationClass;
    }

    /// Members of this conversation changed past the commands.
    public void membersChanged(ConversationKey conversation) {
        moderation.forget(conversation);
    }

    /// A client's view of a service conversation by its digest. Source: semantics 4.4.
    public Optional<ServiceLog.View> serviceView(AppId app, String digest) {
        return services.find(app, digest);
    }

    /// What became of messages.
    public Traces traces() {
        return traces;
    }

    /// Words that apps do not want to see in messages.
    public WordFilter words() {
        return filter;
    }

    /// The application's say about clients.
    public ClientHooks clientHooks() {
        return clientHooks;
    }

    /// Service conversations, as the application handles them.
    public ServiceConversations serviceConversations() {
        return serviceConversations;
    }

    /// Notifications of devices, for those who may ask for any and look at all.
    public Push push() {
        return push;
    }

    public Subscriptions subscriptions() {
        return subscriptions;
    }

    /// Stops what runs by itself. Commands still running may finish.
    @Override
    public void close() {
        couriers.close();
        timer.shutdownNow();
    }
}
