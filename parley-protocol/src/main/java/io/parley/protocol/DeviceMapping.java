package io.parley.protocol;

import io.parley.core.command.Command;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Refusal;
import io.parley.core.command.Reply;
import io.parley.core.command.SessionCommand;
import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.OpType;
import io.parley.protocol.proto.ReportCommand;
import java.util.OptionalInt;

/// Devices rather than clients: push and LiveQuery logins, device tokens. Source: protocol 4.12, 4.14.
final class DeviceMapping {
    private static final String TOKEN = "token";

    private DeviceMapping() {}

    static Inbound login(Frame frame) {
        GenericCommand command = frame.command();
        return new Inbound.DeviceLogin(
                Requests.app(command), command.getInstallationId(), Requests.i(command), service(command));
    }

    static Inbound logout(Frame frame) {
        GenericCommand command = frame.command();
        return new Inbound.DeviceLogout(command.getInstallationId(), Requests.i(command), service(command));
    }

    private static OptionalInt service(GenericCommand command) {
        return command.hasService() ? OptionalInt.of(command.getService()) : OptionalInt.empty();
    }

    static Command report(Frame frame) {
        GenericCommand command = frame.command();
        ReportCommand report = command.getReportMessage();
        if (!command.hasOp()
                || command.getOp() != OpType.upload
                || !report.getType().equals(TOKEN)) throw Requests.nothingLike(frame);
        String token = Fields.bounded("data", report.getData(), ErrorCode.INVALID_LOGIN);
        if (token.isEmpty()) throw Refusal.of(ErrorCode.INVALID_LOGIN, "the device token is empty");
        return new SessionCommand.ReportDeviceToken(token);
    }

    static GenericCommand.Builder reported(Reply.DeviceTokenReported reported) {
        return GenericCommand.newBuilder().setCmd(CommandType.report).setOp(OpType.uploaded);
    }

    /// Java drops an answer without a service. Source: protocol 4.1.3.
    static GenericCommand.Builder loggedIn(Inbound.DeviceLogin login) {
        GenericCommand.Builder frame = GenericCommand.newBuilder()
                .setCmd(CommandType.loggedin)
                .setService(login.service().orElse(0));
        login.i().ifPresent(frame::setI);
        login.app().ifPresent(app -> frame.setAppId(app.value()));
        if (!login.installationId().isEmpty()) frame.setInstallationId(login.installationId());
        return frame;
    }

    static GenericCommand.Builder loggedOut(Inbound.DeviceLogout logout, int i) {
        GenericCommand.Builder frame = GenericCommand.newBuilder()
                .setCmd(CommandType.loggedout)
                .setService(logout.service().orElse(0))
                .setI(i);
        if (!logout.installationId().isEmpty()) frame.setInstallationId(logout.installationId());
        return frame;
    }
}
