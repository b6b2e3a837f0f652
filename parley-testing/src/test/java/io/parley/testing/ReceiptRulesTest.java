package io.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.DirectCommand;
import io.parley.protocol.proto.GenericCommand;
import io.parley.protocol.proto.LogItem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// When a sender is told of delivery and reading. Source: semantics 6.9, 6.10.
class ReceiptRulesTest {
    @RegisterExtension
    final ParleyServer server =
            ParleyServer.with().set("connections.noticeDelay", "0ms").create();

    @Test
    void nobody_is_told_of_a_message_without_the_mark() throws Exception {
        try (Device tom = Device.login(server, "Tom");
                Device jerry = Device.login(server, "Jerry")) {
            String chat = tom.startWith("Jerry");
            tom.told();
            jerry.told();
            long time = tom.send(chat, "plain").getAckMessage().getT();
            jerry.tell(Messages.ack(chat, jerry.next().getDirectMessage()));
            jerry.tell(Messages.read(chat, time));
            jerry.told();

            assertThat(tom.told()).isEmpty();
        }
    }

    @Test
    void a_receipt_comes_also_when_the_message_was_delivered_late() throws Exception {
        try (Device tom = Device.login(server, "Tom")) {
            String chat = tom.startWith("Jerry");
            tom.told();
            String id = tom.ask(Messages.of(chat, "for later", direct -> direct.setR(true)))
                    .getAckMessage()
                    .getUid();

            try (Device jerry = Device.loginLikeAnOldSdk(server, "Jerry")) {
                DirectCommand late = jerry.next().getDirectMessage();
                assertThat(late.getOffline()).isTrue();
                jerry.tell(Messages.ack(chat, late));

                GenericCommand receipt = tom.next();
                assertThat(receipt.getCmd()).isEqualTo(CommandType.rcp);
                assertThat(receipt.getRcpMessage().getId()).isEqualTo(id);
                assertThat(receipt.getRcpMessage().getFrom()).isEqualTo("Jerry");
            }
            assertThat(tom.history(chat).getFirst().getAckAt()).isPositive();
        }
    }

    @Test
    void history_tells_in_a_pair_when_a_message_was_read_and_in_a_group_it_does_not() throws Exception {
        try (Device tom = Device.login(server, "Tom");
                Device jerry = Device.login(server, "Jerry")) {
            String chat = tom.startWith("Jerry");
            String group = tom.startWith("Jerry", "Mary");
            long first = tom.send(chat, "1").getAckMessage().getT();
            tom.send(chat, "2");
            jerry.send(chat, "3");
            tom.send(group, "1");
            assertThat(tom.history(chat)).extracting(LogItem::hasReadAt).containsExactly(false, false, false);

            jerry.tell(Messages.read(chat, first));
            jerry.tell(Messages.read(group, 0));
            jerry.told();

            List<LogItem> history = tom.history(chat);
            assertThat(history).extracting(LogItem::hasReadAt).containsExactly(true, false, false);
            assertThat(history.getFirst().getReadAt()).isGreaterThanOrEqualTo(first);
            assertThat(tom.history(group)).extracting(LogItem::hasReadAt).containsExactly(false);
            jerry.tell(Messages.read(chat, 0));
            jerry.told();
            await().untilAsserted(() ->
                    assertThat(tom.history(chat)).extracting(LogItem::hasReadAt).containsExactly(true, true, false));
        }
    }
}
