package io.parley.migrate.source;

import io.parley.migrate.archive.ArchiveWriter;
import io.parley.migrate.archive.SetName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Takes an app out of a server, into an archive, by REST with the master key. Whatever ends a crawl, the next one
/// goes on from there: nothing is missing then, and nothing is there twice. A crawl into a complete archive adds what
/// came since.
///
/// Order: conversations first, because the rest hangs on them; rows that other things point to before files.
public final class Crawl {
    /// Source: rest 3.
    private static final int NO_SUCH_CLASS = 101;

    private static final int UNAUTHORIZED = 401;

    private final RestClient rest;
    private final Options options;

    /// What to take.
    ///
    /// @param classes further classes of the app
    /// @param without sets to leave out
    /// @param perConversation ask every conversation for its history instead of the app for all of it
    /// @param refresh read lists anew that an earlier crawl completed (subscriptions, silenced, blacklists)
    /// @param settling messages younger than this are left to the next run
    /// @param lookBack read messages younger than this once more, for what was edited and recalled; zero for none
    /// @param fileHost where file keys lead to; empty: to a Parley itself, and else only rows with a URL of
    ///     their own on a known file host
    public record Options(
            List<String> classes,
            Set<SetName> without,
            boolean perConversation,
            boolean refresh,
            Duration settling,
            Duration lookBack,
            FileHost fileHost) {
        public Options {
            classes = List.copyOf(classes);
            without = Set.copyOf(without);
        }

        /// Only the history of the whole app can be looked through at the end alone.
        boolean looksBack() {
            return !lookBack.isZero() && !perConversation && !without.contains(SetName.MESSAGES);
        }
    }

    public Crawl(RestClient rest, Options options) {
        this.rest = rest;
        this.options = options;
    }

    private List<Step> steps() throws IOException {
        boolean parley = ExportedRows.isOffered(rest);
        List<Step> steps = new ArrayList<>();
        steps.add(new ClassScan("_Conversation"));
        steps.add(
                options.perConversation()
                        ? new ConversationHistories(options.refresh())
                        : new AppHistory(options.settling()));
        if (options.looksBack()) steps.add(new LookBack(options.lookBack()));
        steps.add(new ClassScan("_ConversationMemberInfo"));
        for (String name : List.of("_User", "_Installation", "_File", "_SysMessage")) steps.add(rows(name, parley));
        for (String name : options.classes()) steps.add(rows(name, parley));
        steps.add(new ServiceSubscribers(options.refresh()));
        steps.add(new ServiceHistories(options.refresh()));
        steps.add(ClientList.silenced(options.refresh()));
        steps.add(ClientList.blacklists(options.refresh()));
        FileHost host = options.fileHost();
        if (parley && host.domain().isEmpty()) host = FileHost.ofParley(rest.account());
        steps.add(new FileContents(host));
        steps.removeIf(step -> options.without().contains(step.set()));
        return steps;
    }

    private static Step rows(String className, boolean parley) {
        return parley ? new ExportedRows(className) : new ClassScan(className);
    }

    /// @throws Stopped when the watcher wanted it
    /// @throws QuotaReached when to go on tomorrow
    /// @throws IOException when the server cannot be reached, refuses, or the archive cannot be written
    public void run(ArchiveWriter archive, Watcher watcher) throws IOException {
        for (Step step : steps()) {
            try {
                step.run(rest, archive, watcher);
            } catch (RestException refused) {
                // That this is no class to scan says nothing of roles; that it does not exist says there are none.
                boolean elsewhere = step.set().equals(SetName.ROLES)
                        && refused.code() != NO_SUCH_CLASS
                        && refused.status() != UNAUTHORIZED;
                if (!elsewhere && !isMissingClass(step, refused)) throw refused;
                if (elsewhere) new MemberRoles(options.refresh()).run(rest, archive, watcher);
                else watcher.skipped(step.set(), refused.reason());
            }
        }
    }

    /// A class that was never used does not exist. Source: rest 3, 101 with 404.
    private static boolean isMissingClass(Step step, RestException refused) {
        return step.set().isClass()
                && !step.set().equals(SetName.CONVERSATIONS)
                && (refused.status() == 404 || refused.code() == NO_SUCH_CLASS);
    }
}
