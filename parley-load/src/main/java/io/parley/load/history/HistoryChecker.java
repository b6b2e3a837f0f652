package io.parley.load.history;

import java.util.List;

/// Holds a recording against what a server promises. Finding nothing means: as far as the recording shows, every
/// promise was kept. Finding something means that one was certainly broken; where a recording leaves room for
/// doubt (an answer that never came), the server has it.
public final class HistoryChecker {
    private HistoryChecker() {}

    public static List<Violation> check(Recording recording) {
        Evidence evidence = new Evidence(recording);
        HistoryRules.check(evidence);
        DeliveryRules.check(evidence);
        CompletenessRules.check(evidence);
        UnreadRules.check(evidence);
        return evidence.violations();
    }
}
