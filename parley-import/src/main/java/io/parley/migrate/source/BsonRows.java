package io.parley.migrate.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.bson.BsonBinaryReader;
import org.bson.BsonDocument;
import org.bson.BsonSerializationException;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;

/// Rows of a database backup in BSON, turned into what REST would answer.
final class BsonRows {
    private static final int MAX_DOCUMENT = 32 * 1024 * 1024;
    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    /// Bare strings in REST, dates in the database. Source: rest 5.1.
    private static final Set<String> BARE_DATES = Set.of("createdAt", "updatedAt");

    private BsonRows() {}

    interface RowVisitor {
        void visit(ObjectNode row) throws IOException;
    }

    static void read(InputStream in, RowVisitor visitor) throws IOException {
        BsonDocumentCodec codec = new BsonDocumentCodec();
        long at = 0;
        while (true) {
            byte[] length = in.readNBytes(4);
            if (length.length == 0) return;
            int size = length.length < 4
                    ? 0
                    : ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
            if (size < 5 || size > MAX_DOCUMENT) throw new IOException("not BSON at byte " + at);
            byte[] document = new byte[size];
            System.arraycopy(length, 0, document, 0, 4);
            if (in.readNBytes(document, 4, size - 4) < size - 4)
                throw new EOFException("the BSON ends in the middle of a row, at byte " + at);
            try (BsonBinaryReader reader = new BsonBinaryReader(ByteBuffer.wrap(document))) {
                visitor.visit(row(codec.decode(reader, DecoderContext.builder().build())));
            } catch (BsonSerializationException e) {
                throw new IOException("not BSON at byte " + at + ": " + e.getMessage(), e);
            }
            at += size;
        }
    }

    private static ObjectNode row(BsonDocument document) {
        ObjectNode row = JSON.objectNode();
        for (Map.Entry<String, BsonValue> entry : document.entrySet()) {
            String key = entry.getKey();
            BsonValue value = entry.getValue();
            if (key.equals("_id")) row.set("objectId", id(value));
            else if (BARE_DATES.contains(key) && value.isDateTime()) row.put(key, iso(value));
            else row.set(key, json(value));
        }
        return row;
    }

    private static JsonNode id(BsonValue value) {
        return value.isObjectId() ? JSON.textNode(value.asObjectId().getValue().toHexString()) : json(value);
    }

    private static String iso(BsonValue value) {
        return Times.iso(Instant.ofEpochMilli(value.asDateTime().getValue()));
    }

    private static JsonNode json(BsonValue value) {
        return switch (value.getBsonType()) {
            case DOCUMENT -> document(value.asDocument());
            case ARRAY -> {
                ArrayNode array = JSON.arrayNode();
                value.asArray().forEach(item -> array.add(json(item)));
                yield array;
            }
            case STRING -> JSON.textNode(value.asString().getValue());
            case BOOLEAN -> JSON.booleanNode(value.asBoolean().getValue());
            case INT32 -> JSON.numberNode(value.asInt32().getValue());
            case INT64 -> JSON.numberNode(value.asInt64().getValue());
            case DOUBLE -> number(value.asDouble().getValue());
            case DECIMAL128 -> JSON.numberNode(value.asDecimal128().getValue().bigDecimalValue());
            case DATE_TIME -> JSON.objectNode().put("__type", "Date").put("iso", iso(value));
            case OBJECT_ID -> JSON.textNode(value.asObjectId().getValue().toHexString());
            case BINARY ->
                JSON.objectNode()
                        .put("__type", "Bytes")
                        .put(
                                "base64",
                                Base64.getEncoder()
                                        .encodeToString(value.asBinary().getData()));
            default -> JSON.nullNode();
        };
    }

    /// Numbers that REST shows without a fraction are stored with one.
    private static JsonNode number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53
                ? JSON.numberNode((long) value)
                : JSON.numberNode(value);
    }

    private static JsonNode document(BsonDocument document) {
        if (document.containsKey("$ref") && document.containsKey("$id"))
            return JSON.objectNode()
                    .put("__type", "Pointer")
                    .put("className", document.getString("$ref").getValue())
                    .set("objectId", id(document.get("$id")));
        ObjectNode object = JSON.objectNode();
        document.forEach((key, value) -> object.set(key, json(value)));
        return object;
    }
}
