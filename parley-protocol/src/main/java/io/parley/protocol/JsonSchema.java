package io.parley.protocol;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.JsonObjectMessage;
import io.parley.protocol.proto.OpType;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where a key of a flat JSON frame belongs in the protobuf schema. Source: legacy-json 4.1.
final class JsonSchema {
    private static final Map<CommandType, FieldDescriptor> PAYLOADS = new EnumMap<>(CommandType.class);
    private static final Map<String, CommandType> COMMANDS = new HashMap<>();
    private static final Map<String, OpType> OPS = new HashMap<>();
    private static final Map<String, FieldDescriptor> ENVELOPE = new HashMap<>();

    /// Keys of other JSON clients, with the field they mean. The first one is a misspelling that was shipped.
    /// Source: legacy-json 18.
    private static final Map<String, String> ALIASES = Map.of("meintonPids", "mentionPids", "level", "priority");

    static {
        Descriptor schema = GenericCommand.getDescriptor();
        for (CommandType type : CommandType.values()) {
            COMMANDS.put(type.name(), type);
            FieldDescriptor payload = schema.findFieldByName(type.name() + "Message");
            if (payload != null) PAYLOADS.put(type, payload);
        }
        for (OpType op : OpType.values()) {
            OPS.put(op.name(), op);
            OPS.put(jsonName(op), op);
        }
        for (FieldDescriptor field : schema.getFields())
            if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) ENVELOPE.put(field.getName(), field);
    }

    private JsonSchema() {}

    static Optional<CommandType> command(String name) {
        return Optional.ofNullable(COMMANDS.get(name));
    }

    /// With `-` or with `_`.
    static Optional<OpType> op(String name) {
        return Optional.ofNullable(OPS.get(name));
    }

    static String jsonName(OpType op) {
        return op.name().replace('_', '-');
    }

    /// The message whose fields stand beside the envelope's.
    static Optional<FieldDescriptor> payload(CommandType command) {
        return Optional.ofNullable(PAYLOADS.get(command));
    }

    static Optional<FieldDescriptor> envelope(String key) {
        return Optional.ofNullable(ENVELOPE.get(ALIASES.getOrDefault(key, key)));
    }

    static Optional<FieldDescriptor> field(Descriptor message, String key) {
        return Optional.ofNullable(message.findFieldByName(ALIASES.getOrDefault(key, key)));
    }

    /// The value is a JSON text in protobuf, and that JSON itself here.
    static boolean isEmbeddedJson(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && field.getMessageType() == JsonObjectMessage.getDescriptor();
    }
}
