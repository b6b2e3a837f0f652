package io.parley.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.JsonObjectMessage;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one flat JSON frame. Tolerant where old clients were careless: numbers as text and text as numbers, truth as
/// 0 or 1, one value where a list is meant, `null` for absent. Source: legacy-json 4.1, 14. Not thread-safe; one per
/// frame.
final class JsonFrameReader {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?");

    private @Nullable String wrongField;
    private @Nullable String signatureTime;

    Frame read(ObjectNode frame) {
        GenericCommand.Builder command = GenericCommand.newBuilder();
        Optional<CommandType> type = JsonSchema.command(frame.path("cmd").asText());
        Optional<FieldDescriptor> payloadField = type.flatMap(JsonSchema::payload);
        Optional<Message.Builder> payload = payloadField.map(command::newBuilderForField);
        type.ifPresent(command::setCmd);
        for (Map.Entry<String, JsonNode> property : frame.properties()) {
            String key = property.getKey();
            Optional<FieldDescriptor> envelope = JsonSchema.envelope(key);
            if (key.equals("cmd")) {
                if (type.isEmpty()) wrong(key);
            } else if (key.equals("op")) {
                // An unknown one counts as none: some commands carry an op that nobody looks at.
                JsonSchema.op(property.getValue().asText()).ifPresent(command::setOp);
            } else if (envelope.isPresent()) {
                set(command, envelope.get(), property.getValue());
            } else if (payload.isPresent()) {
                setByName(payload.get(), key, property.getValue());
            }
        }
        if (payload.isPresent()) {
            Message read = payload.get().buildPartial();
            if (read.getSerializedSize() > 0) command.setField(payloadField.orElseThrow(), read);
            rememberSignatureTime(command, frame);
        }
        return new Frame(command.buildPartial(), Optional.ofNullable(wrongField), Optional.ofNullable(signatureTime));
    }

    /// The time of a signature is signed as it was written, be it in seconds with a fraction.
    private void rememberSignatureTime(GenericCommand.Builder command, ObjectNode frame) {
        JsonNode time = frame.path("t");
        boolean signs = command.getCmd() == CommandType.session || command.getCmd() == CommandType.conv;
        if (signs && (time.isTextual() || time.isNumber())) signatureTime = time.asText();
    }

    private void setByName(Message.Builder message, String key, JsonNode value) {
        JsonSchema.field(message.getDescriptorForType(), key).ifPresent(field -> set(message, field, value));
    }

    private void set(Message.Builder message, FieldDescriptor field, JsonNode value) {
        if (value.isNull()) return;
        if (!field.isRepeated()) {
            Object read = value(message, field, value);
            if (read != null) message.setField(field, read);
        } else if (value.isArray()) {
            for (JsonNode element : value) add(message, field, element);
        } else {
            add(message, field, value);
        }
    }

    private void add(Message.Builder message, FieldDescriptor field, JsonNode value) {
        Object read = value(message, field, value);
        if (read != null) message.addRepeatedField(field, read);
    }

    private @Nullable Object value(Message.Builder parent, FieldDescriptor field, JsonNode value) {
        Object read = switch (field.getJavaType()) {
            case INT -> integer(value);
            case LONG -> number(value);
            case BOOLEAN -> truth(value);
            case STRING -> text(value);
            case BYTE_STRING -> bytes(value);
            case ENUM -> field.getEnumType().findValueByName(value.asText());
            case MESSAGE -> message(parent, field, value);
            case FLOAT, DOUBLE -> value.isNumber() ? value.doubleValue() : null;
        };
        if (read == null) wrong(field.getName());
        return read;
    }

    private void wrong(String field) {
        if (wrongField == null) wrongField = field;
    }

    private @Nullable Message message(Message.Builder parent, FieldDescriptor field, JsonNode value) {
        if (JsonSchema.isEmbeddedJson(field)) {
            String text = value.isTextual() ? value.textValue() : JsonText.of(value);
            return JsonObjectMessage.newBuilder().setData(text).build();
        }
        if (!(value instanceof ObjectNode object)) return null;
        Message.Builder message = parent.newBuilderForField(field);
        for (Map.Entry<String, JsonNode> property : object.properties())
            setByName(message, property.getKey(), property.getValue());
        return message.buildPartial();
    }

    private static @Nullable Integer integer(JsonNode value) {
        Long number = number(value);
        return number == null || number != number.intValue() ? null : Integer.valueOf(number.intValue());
    }

    private static @Nullable Long number(JsonNode value) {
        if (value.isIntegralNumber()) return value.canConvertToLong() ? value.longValue() : null;
        if (!value.isNumber() && !value.isTextual()) return null;
        if (value.isTextual() && !NUMBER.matcher(value.textValue()).matches()) return null;
        double number = value.isTextual() ? Double.parseDouble(value.textValue()) : value.doubleValue();
        // Below this every whole number is exact, and what clients send as text or with a fraction is far below.
        return Math.abs(number) < 0x1p53 ? (Long) (long) number : null;
    }

    private static @Nullable Boolean truth(JsonNode value) {
        if (value.isBoolean()) return value.booleanValue();
        Long number = number(value);
        if (number != null) return number != 0;
        return switch (value.asText()) {
            case "true" -> true;
            case "false", "" -> false;
            default -> null;
        };
    }

    private static @Nullable String text(JsonNode value) {
        return value.isTextual() || value.isNumber() ? value.asText() : null;
    }

    private static @Nullable ByteString bytes(JsonNode value) {
        if (!value.isTextual()) return null;
        try {
            return ByteString.copyFrom(Base64.getDecoder().decode(value.textValue()));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
