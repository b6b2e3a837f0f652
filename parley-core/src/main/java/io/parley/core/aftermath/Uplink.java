package io.parley.core.aftermath;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.core.command.ClientId;
import io.parley.core.command.Content;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.message.MessageLog.Ticket;
import io.parley.core.record.ClassNames;
import io.parley.core.record.RecordKey;
import io.parley.core.record.Row;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// What a client wrote to a service conversation, as the application sees it: posted to its server, and as a row.
/// Source: semantics 10.5.
///
/// @param address of the sender's device
record Uplink(ConversationId service, Ticket ticket, ClientId from, Optional<String> address, Content content) {

    /// The columns that both forms have.
    ObjectNode columns() {
        ObjectNode columns = JsonNodeFactory.instance.objectNode();
        columns.putObject("conv")
                .put("__type", "Pointer")
                .put("className", ClassNames.CONVERSATION)
                .put("objectId", service.value());
        columns.put("msgId", ticket.id().value());
        columns.put("from", from.value());
        address.ifPresent(place -> columns.put("fromIp", place));
        switch (content) {
            case Content.Text text -> columns.put("bin", false).put("data", text.value());
            case Content.Binary binary ->
                columns.put("bin", true).put("data", Base64.getEncoder().encodeToString(binary.value()));
        }
        return columns.put("timestamp", ticket.timestamp());
    }

    /// The server has it when the sender is told so: both times are the same.
    static Row row(ConversationKey service, ClientId from, Optional<String> address, Content content, Ticket ticket) {
        Instant at = Instant.ofEpochMilli(ticket.timestamp());
        ObjectNode columns = new Uplink(service.id(), ticket, from, address, content).columns();
        return new Row(
                RecordKey.next(service.app(), ClassNames.SYS_MESSAGE),
                columns.put("ackAt", ticket.timestamp()),
                at,
                at);
    }
}
