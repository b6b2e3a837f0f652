package io.parley.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A row of the tables in `vectors/`: one frame in its binary and its JSON form.
@SuppressWarnings("ArrayRecordComponent")
record Vector(String title, boolean fromClient, byte[] binary, String json) {
    private static final List<String> FILES = List.of(
            "session",
            "conversation",
            "notice",
            "message",
            "history",
            "patch",
            "receipt",
            "refusal",
            "connection",
            "moderation");

    static List<Vector> all() {
        List<Vector> all = new ArrayList<>();
        for (String file : FILES) {
            String[] blocks = text("/vectors/" + file + ".txt").split("(?m)^== ");
            for (int at = 1; at < blocks.length; at++) all.add(parse(blocks[at]));
        }
        return all;
    }

    static List<Vector> fromClients() {
        return all().stream().filter(Vector::fromClient).toList();
    }

    static List<Vector> toClients() {
        return all().stream().filter(vector -> !vector.fromClient()).toList();
    }

    private static Vector parse(String block) {
        String[] lines = block.split("\n");
        StringBuilder hex = new StringBuilder();
        String json = "";
        for (String line : lines) {
            if (line.startsWith("  ")) hex.append(line.split("#", 2)[0].replace(" ", ""));
            if (line.startsWith("json ")) json = line.substring("json ".length());
        }
        return new Vector(
                lines[0], lines[1].equals("from client"), HexFormat.of().parseHex(hex), json);
    }

    private static String text(String resource) {
        try (InputStream in = Vector.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return title;
    }
}
