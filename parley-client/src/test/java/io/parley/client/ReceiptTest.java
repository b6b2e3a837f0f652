package io.parley.client;

import static io.parley.client.Device.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@SuppressWarnings("JavaUtilDate")
class ReceiptTest extends TwoDevices {
    @Test
    void who_asks_is_told_of_the_delivery_and_of_the_reading() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");
        AVIMConversation chat = talk(tom, jerry);
        AVIMTextMessage message = new AVIMTextMessage("got it?");

        await(chat.sendMessage(message, new AVIMMessageOption().setReceipt(true)));

        AVIMMessage told = phone.events.next("receipt").message();
        assertThat(told).isSameAs(message);
        assertThat(message.getReceiptTimestamp()).isGreaterThanOrEqualTo(message.getTimestamp());
        assertThat(message.getMessageStatus()).isEqualTo(AVIMMessage.AVIMMessageStatus.AVIMMessageStatusReceipt);
        assertThat(chat.getLastDeliveredAt()).hasTime(message.getReceiptTimestamp());
        laptop.events.next("message").conversation().read();
        phone.events.next("read");
        assertThat(message.getReadAt()).isPositive();
        assertThat(chat.getLastReadAt()).hasTime(message.getReadAt());
    }

    @RepeatedTest(20)
    void without_the_wish_there_is_no_receipt() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");
        AVIMConversation chat = talk(tom, jerry);

        chat.sendMessage(new AVIMTextMessage("quietly"), AVIMConversation.NONTRANSIENT_MESSAGE_FLAG, e -> {});
        chat.sendMessage(new AVIMTextMessage("a fence"), AVIMConversation.RECEIPT_MESSAGE_FLAG, e -> {});

        assertThat(phone.events.next("receipt").message().getContent()).contains("a fence");
    }

    @Test
    void receipts_come_when_the_receiver_was_offline_and_is_back() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");
        AVIMConversation chat = talk(tom, jerry);
        await(jerry.close());
        await(chat.sendMessage(new AVIMTextMessage("later"), new AVIMMessageOption().setReceipt(true)));

        await(jerry.open());

        assertThat(phone.events.next("receipt").message().getContent()).contains("later");
        assertThat(laptop.hears()).isEqualTo("later");
    }

    @Test
    void until_when_it_was_delivered_and_read_can_be_asked() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");
        AVIMConversation chat = talk(tom, jerry);
        AVIMMessage message =
                await(chat.sendMessage(new AVIMTextMessage("read me"), new AVIMMessageOption().setReceipt(true)));
        laptop.events.next("message").conversation().read();
        phone.events.next("read");

        try (Device other = Device.of(server)) {
            AVIMConversation elsewhere = other.login(tom.getClientId()).getConversation(chat.getConversationId());
            await(elsewhere.fetchReceiptTimestamps());

            assertThat(elsewhere.getLastReadAt()).isAfterOrEqualTo(new Date(message.getTimestamp()));
        }
    }

    @Test
    void an_edit_and_a_recall_are_told_and_found_in_the_history() {
        AVIMClient tom = phone.enters("Tom");
        AVIMClient jerry = laptop.enters("Jerry");
        AVIMConversation chat = talk(tom, jerry);
        AVIMMessage first = say(chat, "frist");
        AVIMMessage second = say(chat, "oops");
        laptop.events.next("message");
        laptop.events.next("message");
        assertThat(texts(await(of(jerry, chat).queryMessages()))).containsExactly("frist", "oops");

        await(chat.updateMessage(first, new AVIMTextMessage("first")));
        await(chat.recallMessage(second));

        AVIMMessage edited = laptop.events.next("edited").message();
        assertThat(edited).isEqualTo(first);
        assertThat(((AVIMTextMessage) edited).getText()).isEqualTo("first");
        assertThat(laptop.events.next("recalled").message()).isInstanceOf(AVIMRecalledMessage.class);
        for (AVIMClient each : List.of(tom, jerry)) {
            List<AVIMMessage> history = await(of(each, chat).queryMessages());
            assertThat(((AVIMTextMessage) history.get(0)).getText()).isEqualTo("first");
            assertThat(history.get(0).isUpdated()).isTrue();
            assertThat(history.get(1)).isInstanceOf(AVIMRecalledMessage.class);
        }
    }
}
