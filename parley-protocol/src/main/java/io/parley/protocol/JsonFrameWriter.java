package io.parley.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.parley.protocol.proto.AckCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.ConvCommand;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.JsonObjectMessage;
import io.parley.protocol.proto.LogItem;
import io.parley.protocol.proto.LogsCommand;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.SessionCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes one flat JSON frame: what is set in the message, but no boolean that is false, since other JSON clients look
/// only whether a key is there. Source: legacy-json 4.1, 8. Not thread-safe; one per frame.
final class JsonFrameWriter {
    private final JsonGenerator json;

    private JsonFrameWriter(JsonGenerator json) {
        this.json = json;
    }

    static byte[] write(GenericCommand frame) {
        return write(frame, frame.getCmd().name(), frame.hasOp() ? JsonSchema.jsonName(frame.getOp()) : null);
    }

    /// An error under the name that clients of this protocol expect after a login.
    static byte[] writeLoginRefusal(GenericCommand error) {
        return write(error, CommandType.session.name(), "error");
    }

    private static byte[] write(GenericCommand frame, String cmd, @Nullable String op) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JsonText.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("cmd", cmd);
            if (op != null) json.writeStringField("op", op);
            new JsonFrameWriter(json).envelope(frame);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // the stream is memory
        }
        return bytes.toByteArray();
    }

    private void envelope(GenericCommand frame) throws IOException {
        for (Map.Entry<FieldDescriptor, Object> entry : frame.getAllFields().entrySet()) {
            int number = entry.getKey().getNumber();
            if (number == GenericCommand.CMD_FIELD_NUMBER || number == GenericCommand.OP_FIELD_NUMBER) continue;
            if (entry.getValue() instanceof Message payload) payload(frame, payload);
            else field(entry.getKey(), entry.getValue());
        }
    }

    /// A payload's fields, with what clients of this protocol miss otherwise. Source: legacy-json 8, 9.
    private void payload(GenericCommand frame, Message payload) throws IOException {
        switch (payload) {
            case AckCommand ack
            when ack.hasCode() -> fields(ack.toBuilder().clearUid().clearT().build());
            case ConvCommand conv
            when conv.getMCount() == 0 && conv.getAllowedPidsCount() > 0 ->
                fields(conv.toBuilder().addAllM(conv.getAllowedPidsList()).build());
            // Without a text the 2016 SDK throws while it escapes HTML.
            case DirectCommand direct
            when !direct.hasMsg() -> fields(direct.toBuilder().setMsg("").build());
            default -> fields(payload);
        }
        if (payload instanceof LogsCommand logs && logs.getLogsCount() == 0) emptyList("logs");
        if (payload instanceof SessionCommand session
                && session.getOnlineSessionPeerIdsCount() == 0
                && frame.getOp() == OpType.query_result) emptyList("onlineSessionPeerIds");
    }

    private void emptyList(String name) throws IOException {
        json.writeArrayFieldStart(name);
        json.writeEndArray();
    }

    private void fields(Message message) throws IOException {
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet())
            field(entry.getKey(), entry.getValue());
        // Old clients page by one spelling, newer ones by the other. Source: legacy-json 8.3.
        if (message instanceof LogItem item) json.writeStringField("msg-id", JsonText.wellFormed(item.getMsgId()));
    }

    private void field(FieldDescriptor field, Object value) throws IOException {
        if (Boolean.FALSE.equals(value)) return;
        json.writeFieldName(field.getName());
        if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) value(element);
            json.writeEndArray();
        } else {
            value(value);
        }
    }

    private void value(Object value) throws IOException {
        switch (value) {
            case String text -> json.writeString(JsonText.wellFormed(text));
            case Long number -> json.writeNumber(number);
            case Integer number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            case ByteString bytes -> json.writeString(Base64.getEncoder().encodeToString(bytes.toByteArray()));
            case EnumValueDescriptor name -> json.writeString(name.getName());
            case JsonObjectMessage embedded -> json.writeRawValue(JsonText.wellFormed(embedded.getData()));
            case Message message -> {
                json.writeStartObject();
                fields(message);
                json.writeEndObject();
            }
            default -> throw new IllegalArgumentException("no JSON form for " + value.getClass());
        }
    }
}
