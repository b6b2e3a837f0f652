package io.parley.protocol;

import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.Command;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.protocol.Inbound.Origin;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What a frame from a client means: every command type, one line each.
final class Requests {
    private static final Inbound NOTHING = new Inbound.Ignored(List.of());

    private Requests() {}

    static Inbound read(Frame frame) {
        GenericCommand command = frame.command();
        if (!command.hasCmd()) return refused(frame, nothingLike(frame));
        return switch (command.getCmd()) {
            case session -> request(frame, SessionMapping::command);
            case conv -> request(frame, ConversationMapping::command);
            case direct -> request(frame, MessageMapping::command);
            case logs -> request(frame, HistoryMapping::command);
            case patch -> command.getOp() == OpType.modified ? NOTHING : request(frame, PatchMapping::command);
            case ack -> unanswered(frame, ReceiptMapping::ack);
            case read -> unanswered(frame, ReceiptMapping::read);
            // C# names its app as the peer of an echo: nothing in it is looked at but `i`. Source: protocol 10.1, 46.
            case echo -> new Inbound.Echo(i(command));
            case login -> device(frame, DeviceMapping::login);
            case logout -> device(frame, DeviceMapping::logout);
            case report -> request(frame, DeviceMapping::report);
            case blacklist -> request(frame, ModerationMapping::blacklist);
            case rcp, data -> NOTHING;
            case unread, error, loggedin, loggedout, goaway, room, presence, pubsub ->
                refused(frame, nothingLike(frame));
        };
    }

    @FunctionalInterface
    private interface Mapping<T> {
        /// @throws Refusal when the frame is not a complete command
        T map(Frame frame);
    }

    private static Inbound request(Frame frame, Mapping<? extends Command> mapping) {
        GenericCommand command = frame.command();
        try {
            if (frame.wrongField().isPresent())
                throw wrongField(command, frame.wrongField().get());
            return new Inbound.Request(app(command), peer(command), i(command), mapping.map(frame));
        } catch (Refusal refusal) {
            return refused(frame, refusal);
        }
    }

    private static Inbound refused(Frame frame, Refusal refusal) {
        GenericCommand command = frame.command();
        Origin origin = origin(command);
        if (origin == Origin.OTHER && !command.hasI()) return NOTHING;
        Optional<ClientId> peer =
                Fields.possibleClients(List.of(command.getPeerId())).stream().findFirst();
        return new Inbound.Refused(peer, i(command), origin, refusal);
    }

    /// Java numbers its reads, but an answer would complete another of its operations. Source: protocol 10.1, 39.
    private static Inbound unanswered(Frame frame, Mapping<Inbound> mapping) {
        if (frame.wrongField().isPresent()) return NOTHING;
        try {
            return mapping.map(frame);
        } catch (Refusal nobodyWaitsForIt) {
            return NOTHING;
        }
    }

    private static Inbound device(Frame frame, Mapping<Inbound> mapping) {
        try {
            return mapping.map(frame);
        } catch (Refusal refusal) {
            return refused(frame, refusal);
        }
    }

    static OptionalInt i(GenericCommand command) {
        return command.hasI() ? OptionalInt.of(command.getI()) : OptionalInt.empty();
    }

    static Optional<AppId> app(GenericCommand command) {
        return command.getAppId().isEmpty() ? Optional.empty() : Optional.of(new AppId(command.getAppId()));
    }

    /// An empty id is no id, but a login with one is wrong: only a login without any asks for a new id.
    static Optional<ClientId> peer(GenericCommand command) {
        boolean named =
                !command.getPeerId().isEmpty() || (command.hasPeerId() && origin(command) == Origin.SESSION_OPEN);
        if (!named) return Optional.empty();
        return Optional.of(new ClientId(command.getPeerId()));
    }

    private static Origin origin(GenericCommand command) {
        if (!command.hasCmd()) return Origin.OTHER;
        return switch (command.getCmd()) {
            case session -> command.getOp() == OpType.open && command.hasOp() ? Origin.SESSION_OPEN : Origin.OTHER;
            case direct -> Origin.SEND;
            default -> Origin.OTHER;
        };
    }

    private static Refusal wrongField(GenericCommand command, String field) {
        ErrorCode code = switch (field) {
            case "peerId", "m", "sessionPeerIds" -> ErrorCode.INVALID_LOGIN;
            case "appId" -> ErrorCode.APP_NOT_AVAILABLE;
            case "where", "sort", "limit", "skip", "flag" ->
                command.getCmd() == CommandType.logs
                        ? ErrorCode.CONVERSATION_LOG_FAILED
                        : ErrorCode.CONVERSATION_QUERY_FAILED;
            case "attr" -> ErrorCode.CONVERSATION_UPDATE_FAILED;
            case "cid", "cids" ->
                command.getCmd() == CommandType.direct
                        ? ErrorCode.INVALID_MESSAGING_TARGET
                        : ErrorCode.CONVERSATION_NOT_FOUND;
            default ->
                command.getCmd() == CommandType.logs
                        ? ErrorCode.CONVERSATION_LOG_FAILED
                        : ErrorCode.UNPARSEABLE_RAW_MESSAGE;
        };
        return Refusal.of(code, "the field %s has a wrong type", field);
    }

    /// For what no client needs any more, or nobody has heard of. Source: protocol 4.13.
    static Refusal nothingLike(Frame frame) {
        return Refusal.of(ErrorCode.UNPARSEABLE_RAW_MESSAGE, "there is no command %s", name(frame.command()));
    }

    /// For roles, silence and block: nobody has the right to them.
    static Refusal notAvailable(Frame frame) {
        return Refusal.of(ErrorCode.CONVERSATION_OPERATION_UNAUTHORIZED, "%s is not available", name(frame.command()));
    }

    private static String name(GenericCommand command) {
        String cmd = command.hasCmd() ? command.getCmd().name() : "(unknown)";
        return command.hasOp() ? cmd + "/" + command.getOp().name() : cmd;
    }
}
