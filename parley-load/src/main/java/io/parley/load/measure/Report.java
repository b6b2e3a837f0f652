package io.parley.load.measure;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.HdrHistogram.Histogram;

/// What a run found, as named lines in the order they were added, for people and for programs. Not thread-safe.
public final class Report {
    private final String workload;
    private final Map<String, Object> values = new LinkedHashMap<>(); // String, Long or Double
    private final Map<String, String> units = new LinkedHashMap<>();

    public Report(String workload) {
        this.workload = workload;
    }

    public Report put(String name, String text) {
        values.put(name, text);
        return this;
    }

    public Report put(String name, long value, String unit) {
        values.put(name, value);
        units.put(name, unit);
        return this;
    }

    /// Nothing is added when the value is not a number: it could not be measured.
    public Report put(String name, double value, String unit) {
        if (Double.isFinite(value)) {
            values.put(name, value);
            units.put(name, unit);
        }
        return this;
    }

    public Report put(String name, Histogram nanos) {
        if (nanos.getTotalCount() > 0) {
            put(name + " p50", nanos.getValueAtPercentile(50) / 1e6, "ms");
            put(name + " p99", nanos.getValueAtPercentile(99) / 1e6, "ms");
            put(name + " p99.9", nanos.getValueAtPercentile(99.9) / 1e6, "ms");
            put(name + " max", nanos.getMaxValue() / 1e6, "ms");
        }
        return this;
    }

    public Report put(Verdict verdict) {
        verdict.reasons().forEach(reason -> put("because", reason));
        return put("lost", verdict.lost(), "messages")
                .put("doubled", verdict.doubled(), "messages")
                .put("out of order", verdict.reordered(), "messages")
                .put("refused", verdict.refused(), "commands")
                .put("connections lost", verdict.dropped(), "");
    }

    /// Puts processor time and memory between two moments, per `unit` of which there were `count`.
    public Report put(Usage before, Usage after, double seconds, String unit, long count) {
        double server = after.serverCpuSeconds() - before.serverCpuSeconds();
        double tool = after.toolCpuSeconds() - before.toolCpuSeconds();
        put("server CPU per " + unit, server * 1e6 / count, "µs");
        put("server CPU", server * 100 / seconds, "% of a core");
        if (after.serverResidentBytes() > 0) {
            put("server memory (RSS)", after.serverResidentBytes() / 1048576.0, "MB");
        }
        put("tool CPU per " + unit, tool * 1e6 / count, "µs");
        return put("tool CPU", tool * 100 / seconds, "% of a core");
    }

    public String asTable() {
        int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder table = new StringBuilder(workload).append('\n');
        values.forEach((name, value) -> {
            String shown = value instanceof Double number ? format(number) : value.toString();
            table.append(String.format(
                    Locale.ROOT, "  %-" + width + "s  %s %s%n", name, shown, units.getOrDefault(name, "")));
        });
        return table.toString().replace(" \n", "\n");
    }

    public String asJson() {
        StringJoiner members = new StringJoiner(",\n  ", "{\n  ", "\n}\n");
        members.add("\"workload\": " + quoted(workload));
        values.forEach((name, value) -> {
            String unit = units.getOrDefault(name, "");
            String key = unit.isEmpty() ? name : name + " [" + unit + "]";
            members.add(quoted(key) + ": " + (value instanceof String text ? quoted(text) : value.toString()));
        });
        return members.toString();
    }

    private static String format(double value) {
        return String.format(Locale.ROOT, value >= 1000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f", value);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
