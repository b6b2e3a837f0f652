package io.parley.migrate.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.migrate.archive.ArchiveWriter;
import io.parley.migrate.archive.LineSplitter;
import io.parley.migrate.archive.Lines;
import io.parley.migrate.archive.SetName;
import io.parley.migrate.archive.SetWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/// Files that the console exports, as a source of archives: JSON Lines, saved REST pages, the tar archives they come
/// in, and BSON dumps of backups. The name of a file is that of its class. A file is added once, however often it is
/// given.
public final class Exports {
    private final ArchiveWriter archive;
    private final Consumer<String> problems;

    private Exports(ArchiveWriter archive, Consumer<String> problems) {
        this.archive = archive;
        this.problems = problems;
    }

    /// @param files paths, or `CLASS=path`; a tar archive may hold many classes
    /// @param problems told what could not be taken, by file and line
    public static void add(ArchiveWriter archive, List<String> files, Consumer<String> problems) throws IOException {
        Exports exports = new Exports(archive, problems);
        for (String file : files) {
            int equals = file.indexOf('=');
            String path = equals < 0 ? file : file.substring(equals + 1);
            String name = equals < 0 ? "" : file.substring(0, equals);
            if (!Files.isRegularFile(Path.of(path))) throw new IOException("there is no file " + path);
            try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(path)), 64 * 1024)) {
                exports.read(Path.of(path).getFileName().toString(), name, in);
            }
        }
    }

    /// @param className empty: take it from the file's name
    private void read(String file, String className, InputStream in) throws IOException {
        if (file.endsWith(".tgz")) {
            tar(file, new GZIPInputStream(in));
        } else if (file.endsWith(".gz")) {
            read(file.substring(0, file.length() - ".gz".length()), className, new GZIPInputStream(in));
        } else if (file.endsWith(".tar")) {
            tar(file, in);
        } else if (file.endsWith(".jsonl") || file.endsWith(".json") || file.endsWith(".bson")) {
            rows(file, className, in);
        } else {
            problems.accept(file + " is no export: its name ends neither in .jsonl, .json, .bson nor .tar, with or"
                    + " without .gz");
        }
    }

    private void tar(String file, InputStream in) throws IOException {
        TarReader tar = new TarReader(in);
        while (tar.next()) {
            String name = tar.name().substring(tar.name().lastIndexOf('/') + 1);
            // Systems leave files of their own in archives.
            if (tar.isFile() && !name.startsWith(".") && !name.endsWith(".metadata.json"))
                read(name, "", tar.content());
        }
    }

    private void rows(String file, String className, InputStream in) throws IOException {
        String name = className.isEmpty() ? className(file) : className;
        SetName set = name.equals("messages") ? SetName.MESSAGES : SetName.ofClass(name);
        try (SetWriter out = archive.set(set)) {
            JsonNode resume = out.resume().orElse(Lines.object());
            for (JsonNode done : resume.path("files"))
                if (done.asText().equals(file)) {
                    problems.accept(file + " was added before");
                    return;
                }
            if (file.endsWith(".bson")) {
                BsonRows.read(in, row -> add(out, row));
            } else if (file.endsWith(".jsonl")) {
                lines(file, out, in);
            } else {
                document(file, out, in);
            }
            ObjectNode next = resume.deepCopy();
            next.withArray("files").add(file);
            out.complete(next);
        }
    }

    private static void add(SetWriter out, JsonNode row) throws IOException {
        out.add(row, row.path("timestamp").asLong());
    }

    /// `_Conversation.0.jsonl`, `_User_all.jsonl` and the like.
    private static String className(String file) {
        String base = file.substring(0, file.indexOf('.', 1));
        return base.endsWith("_all") ? base.substring(0, base.length() - "_all".length()) : base;
    }

    private void lines(String file, SetWriter out, InputStream in) throws IOException {
        LineSplitter lines = new LineSplitter(in);
        for (String line = lines.next(); line != null; line = lines.next()) {
            try {
                ObjectNode row = Lines.parse(line);
                // Some exports begin with a line that names the class.
                if (row.has("objectId") || row.has("msg-id")) add(out, row);
                else problems.accept(file + " line " + lines.number() + " has no objectId");
            } catch (Lines.MalformedLine e) {
                problems.accept(file + " line " + lines.number() + " " + e.reason());
            }
        }
    }

    /// A page as REST answers it, or an array.
    private void document(String file, SetWriter out, InputStream in) throws IOException {
        JsonNode document = Lines.read(in);
        JsonNode rows = document.isArray() ? document : document.path("results");
        if (!rows.isArray()) {
            problems.accept(file + " holds neither an array nor {\"results\":[...]}");
            return;
        }
        for (JsonNode row : rows) add(out, row);
    }
}
