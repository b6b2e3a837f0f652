package io.parley.migrate.progress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/// Tells how far a piece of work has come: on a terminal in one line that is written over, elsewhere in a new line now
/// and then. Thread-safe.
public final class ProgressLine {
    private static final int BAR = 24;
    private static final int WIDTH = 110;

    private final PrintWriter out;
    private final boolean terminal;
    private final long everyNanos;
    private String title = "";
    private long started;
    private long startedAt;
    private long shown;
    private boolean dirty;

    public ProgressLine(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        everyNanos = (terminal ? Duration.ofMillis(200) : Duration.ofSeconds(10)).toNanos();
    }

    /// A piece of work begins, or goes on.
    ///
    /// @param done what was there already
    public synchronized void begin(String title, long done) {
        end();
        this.title = title;
        started = System.nanoTime();
        startedAt = done;
        shown = started - everyNanos;
    }

    /// @param of 0 when the end is not known
    /// @param where for humans; may be empty
    public synchronized void at(long done, long of, String where) {
        long now = System.nanoTime();
        if (now - shown < everyNanos) return;
        shown = now;
        String text = text(done, of, where, now);
        if (terminal) out.print("\r" + padded(text));
        else out.println(text);
        out.flush();
        dirty = terminal;
    }

    private String text(long done, long of, String where, long now) {
        double seconds = (now - started) / 1e9;
        double rate = seconds < 0.5 ? 0 : (done - startedAt) / seconds;
        StringBuilder text = new StringBuilder("%-22s ".formatted(title));
        if (of > 0) text.append(bar(done, of)).append(' ');
        text.append(String.format(Locale.ROOT, "%,d", done));
        if (of > 0) text.append(String.format(Locale.ROOT, " of %,d", of));
        if (rate > 0) text.append(String.format(Locale.ROOT, ", %,.0f/s", rate));
        if (rate > 0 && of > done)
            text.append(", ").append(human((long) ((of - done) / rate))).append(" left");
        if (!where.isEmpty()) text.append(", ").append(where);
        return text.toString();
    }

    private static String bar(long done, long of) {
        int full = (int) Math.min(BAR, done * BAR / of);
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
    }

    private static String human(long seconds) {
        if (seconds < 90) return seconds + " s";
        if (seconds < 5400) return seconds / 60 + " min";
        return String.format(Locale.ROOT, "%.1f h", seconds / 3600.0);
    }

    private static String padded(String text) {
        return text.length() >= WIDTH ? text.substring(0, WIDTH) : text + " ".repeat(WIDTH - text.length());
    }

    /// A line that stays.
    public synchronized void say(String text) {
        end();
        out.println(text);
        out.flush();
    }

    /// Leaves the line as it is.
    public synchronized void end() {
        if (!dirty) return;
        dirty = false;
        out.print("\r" + " ".repeat(WIDTH) + "\r");
        out.flush();
    }
}
