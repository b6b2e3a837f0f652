package io.parley.conformance.report;

import io.parley.conformance.sdk.Sdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What passed and what failed in this run. Thread-safe. When JUnit closes it and nothing is missing, it prints the
/// tables and keeps them in docs/compatibility.md, which changes only when an outcome did.
final class Outcomes implements AutoCloseable {
    private static final Path PAGE = Path.of("..", "docs", "compatibility.md");

    private final Map<Behaviour, Map<List<Sdk>, Boolean>> passed = new EnumMap<>(Behaviour.class);

    /// Several tests may prove one behaviour: it passed when all of them did.
    synchronized void note(Behaviour behaviour, List<Sdk> cast, boolean success) {
        passed.computeIfAbsent(behaviour, key -> new HashMap<>()).merge(cast, success, Boolean::logicalAnd);
    }

    private boolean complete() {
        for (Behaviour behaviour : Behaviour.values()) {
            Map<List<Sdk>, Boolean> seen = passed.getOrDefault(behaviour, Map.of());
            if (!seen.keySet().containsAll(behaviour.casts())) return false;
        }
        return true;
    }

    private String cell(Behaviour behaviour, List<Sdk> cast) {
        Boolean success = passed.getOrDefault(behaviour, Map.of()).get(cast);
        if (success == null) return "–";
        return success ? "yes" : "**no**";
    }

    @Override
    public synchronized void close() {
        if (!complete()) return; // a part of the tests was run: that is no basis for the page
        String page = new CompatibilityPage(this::cell).text();
        System.out.println(page);
        try {
            Files.createDirectories(PAGE.getParent());
            if (!Files.exists(PAGE) || !Files.readString(PAGE).equals(page)) Files.writeString(PAGE, page);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + PAGE.toAbsolutePath(), e);
        }
    }
}
