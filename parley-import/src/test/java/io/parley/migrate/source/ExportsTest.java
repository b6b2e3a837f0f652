package io.parley.migrate.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.migrate.archive.ArchiveReader;
import io.parley.migrate.archive.ArchiveWriter;
import io.parley.migrate.archive.SetName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportsTest {
    private static final String ROW =
            "{\"objectId\":\"5dee02017c4cc935c85c93de\",\"name\":\"TestConv\",\"m\":[\"T8\"]}";

    @TempDir
    Path folder;

    private final List<String> problems = new ArrayList<>();

    private List<JsonNode> rows(String className, String... files) throws IOException {
        try (ArchiveWriter archive =
                ArchiveWriter.open(folder.resolve("archive"), "app", "files", InstantSource.system())) {
            Exports.add(
                    archive,
                    List.of(files).stream()
                            .map(file -> file.contains("=")
                                    ? file
                                    : folder.resolve(file).toString())
                            .toList(),
                    problems::add);
        }
        List<JsonNode> rows = new ArrayList<>();
        new ArchiveReader(folder.resolve("archive"))
                .forEach(SetName.ofClass(className), line -> rows.add(line.json()), Step::refuseDamage);
        return rows;
    }

    private Path write(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out =
                name.endsWith("gz") ? new GZIPOutputStream(Files.newOutputStream(file)) : Files.newOutputStream(file)) {
            out.write(content);
        }
        return file;
    }

    private static byte[] tar(String name, byte[] content) {
        byte[] header = new byte[512];
        System.arraycopy(name.getBytes(UTF_8), 0, header, 0, name.length());
        System.arraycopy("%011o".formatted(content.length).getBytes(UTF_8), 0, header, 124, 11);
        header[156] = '0';
        ByteBuffer tar = ByteBuffer.allocate(512 + (content.length + 511) / 512 * 512 + 1024);
        return tar.put(header).put(content).array();
    }

    @Test
    void json_lines_plain_and_compressed_keep_every_column() throws IOException {
        write("_Conversation.jsonl", (ROW + "\n\n" + ROW.replace("c93de", "c93df") + "\n").getBytes(UTF_8));
        write("_Conversation_all.jsonl.gz", ROW.replace("c93de", "c93e0").getBytes(UTF_8));

        List<JsonNode> rows = rows("_Conversation", "_Conversation.jsonl", "_Conversation_all.jsonl.gz");

        assertThat(rows).hasSize(3);
        assertThat(rows.getFirst()).hasToString(ROW);
        assertThat(problems).isEmpty();
    }

    @Test
    void saved_pages_and_tar_archives_are_taken() throws IOException {
        write("page.json", ("{\"results\":[" + ROW + "]}").getBytes(UTF_8));
        write(
                "export.tar.gz",
                tar(
                        "export/_Conversation.0.jsonl",
                        ROW.replace("c93de", "c93df").getBytes(UTF_8)));

        List<JsonNode> rows = rows(
                "_Conversation",
                "_Conversation=" + folder.resolve("page.json"),
                folder.resolve("export.tar.gz").toString());

        assertThat(rows)
                .extracting(row -> row.path("objectId").asText())
                .containsExactly("5dee02017c4cc935c85c93de", "5dee02017c4cc935c85c93df");
    }

    @Test
    void a_backup_in_bson_looks_as_rest_would_show_it() throws IOException {
        BsonDocument row = BsonDocument.parse("""
                {"_id":{"$oid":"5dee02017c4cc935c85c93de"},"createdAt":{"$date":"2019-12-09T08:12:49.475Z"},
                 "lm":{"$date":"2020-01-21T14:22:48.642Z"},"score":3.0,"half":0.5,"count":{"$numberLong":"7"},
                 "owner":{"$ref":"_User","$id":"5f00"},"m":["T8"],"raw":{"$binary":{"base64":"AQI=","subType":"00"}}}""");
        var encoded = new BasicOutputBuffer();
        new BsonDocumentCodec()
                .encode(
                        new BsonBinaryWriter(encoded),
                        row,
                        EncoderContext.builder().build());
        var twice = new ByteArrayOutputStream();
        twice.write(encoded.toByteArray());
        twice.write(encoded.toByteArray());
        write("_Conversation.bson", twice.toByteArray());

        List<JsonNode> rows = rows("_Conversation", "_Conversation.bson");

        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst())
                .hasToString("{\"objectId\":\"5dee02017c4cc935c85c93de\",\"createdAt\":\"2019-12-09T08:12:49.475Z\","
                        + "\"lm\":{\"__type\":\"Date\",\"iso\":\"2020-01-21T14:22:48.642Z\"},\"score\":3,\"half\":0.5,"
                        + "\"count\":7,\"owner\":{\"__type\":\"Pointer\",\"className\":\"_User\",\"objectId\":\"5f00\"},"
                        + "\"m\":[\"T8\"],\"raw\":{\"__type\":\"Bytes\",\"base64\":\"AQI=\"}}");
    }

    @Test
    void what_is_no_row_is_told_by_file_and_line_and_a_file_is_added_once() throws IOException {
        write("_User.jsonl", (ROW + "\nnonsense\n{\"x\":1}\n").getBytes(UTF_8));

        assertThat(rows("_User", "_User.jsonl")).hasSize(1);
        assertThat(rows("_User", "_User.jsonl")).hasSize(1);

        assertThat(problems.get(0)).startsWith("_User.jsonl line 2 is not JSON");
        assertThat(problems.get(1)).isEqualTo("_User.jsonl line 3 has no objectId");
        assertThat(problems.get(2)).isEqualTo("_User.jsonl was added before");
    }
}
