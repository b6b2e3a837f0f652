package io.parley.migrate.archive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/// Reads an archive. What cannot be read is handed to a listener, which may throw to stop. Thread-safe.
public final class ArchiveReader {
    private final Path folder;
    private final Manifest manifest;

    public ArchiveReader(Path folder) throws IOException {
        this.folder = folder;
        this.manifest = Manifest.read(folder);
    }

    public Path folder() {
        return folder;
    }

    public Manifest manifest() {
        return manifest;
    }

    /// One line of a part.
    ///
    /// @param number counted from 1
    public record Line(Part part, long number, String text, ObjectNode json) {
        public Damage unusable(String reason) {
            return new Damage(part.file(), number, reason);
        }
    }

    public interface LineVisitor {
        void visit(Line line) throws IOException;
    }

    public interface DamageListener {
        /// @param raw the line, empty when there is none to show
        void found(Damage damage, String raw) throws IOException;
    }

    /// The parts of a set, those with the oldest lines first.
    public List<Part> oldestFirst(SetName set) {
        List<Part> parts = new ArrayList<>(manifest.set(set).parts());
        parts.sort(Comparator.comparingLong(Part::from));
        return parts;
    }

    /// Visits every line of a set in the order it was written: a later line about the same object is newer.
    public void forEach(SetName set, LineVisitor visitor, DamageListener damages) throws IOException {
        for (Part part : manifest.set(set).parts()) forEach(part, visitor, damages);
    }

    public void forEach(Part part, LineVisitor visitor, DamageListener damages) throws IOException {
        long number = 0;
        try (LineSplitter lines = new LineSplitter(open(part))) {
            for (String text = lines.next(); text != null; text = lines.next()) {
                number++;
                ObjectNode json;
                try {
                    json = Lines.parse(text);
                } catch (Lines.MalformedLine e) {
                    damages.found(new Damage(part.file(), number, e.reason()), text);
                    continue;
                }
                visitor.visit(new Line(part, number, text, json));
            }
            if (number != part.lines())
                damages.found(
                        new Damage(part.file(), 0, "has " + number + " lines, the manifest says " + part.lines()), "");
        } catch (Unreadable e) {
            damages.found(new Damage(part.file(), number + 1, "cannot be read: " + e.reason()), "");
        }
    }

    private InputStream open(Part part) throws Unreadable {
        try {
            return new GZIPInputStream(new BufferedInputStream(Files.newInputStream(folder.resolve(part.file()))));
        } catch (IOException e) {
            throw new Unreadable(e);
        }
    }

    /// The damages that can be seen without parsing: missing files and wrong checksums, and for those the line up to
    /// which they can be read.
    ///
    /// @param read told how many bytes were read
    public List<Damage> check(Consumer<Long> read) throws IOException {
        List<Part> all = new ArrayList<>();
        for (SetInfo set : manifest.sets().values()) all.addAll(set.parts());
        return check(all, read);
    }

    /// The same of some parts only.
    public List<Damage> check(List<Part> parts, Consumer<Long> read) throws IOException {
        List<Damage> damages = new ArrayList<>();
        for (Part part : parts) {
            Path file = folder.resolve(part.file());
            if (!Files.isRegularFile(file)) damages.add(new Damage(part.file(), 0, "is missing"));
            else if (Files.size(file) != part.size() || !Checksums.of(file).equals(part.sha256()))
                locate(part, damages);
            read.accept(part.size());
        }
        return damages;
    }

    private void locate(Part part, List<Damage> damages) throws IOException {
        int before = damages.size();
        forEach(part, line -> {}, (damage, raw) -> damages.add(damage));
        if (damages.size() == before)
            damages.add(new Damage(part.file(), 0, "was changed after it was written: its checksum differs"));
    }
}
