package io.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.core.command.MessageId;
import io.parley.store.MessageIds.Parts;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageIdsTest {
    @Test
    void an_id_gives_back_what_it_was_made_of() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            Parts parts = new Parts(random.nextLong(1L << 48), random.nextLong(1L << 48), random.nextInt());
            MessageId id = MessageIds.make(parts.timestamp(), parts.conversation(), parts.random());
            assertThat(id.value()).matches("[A-Za-z0-9_-]{22}");
            assertThat(MessageIds.parse(id)).contains(parts);
        }
    }

    @Test
    void other_ids_are_not_taken_for_ours() {
        assertThat(MessageIds.parse(new MessageId("short"))).isEmpty();
        assertThat(MessageIds.parse(new MessageId("not.base64.not.base64."))).isEmpty();
        String made = MessageIds.make(1, 2, 3).value();
        assertThat(made).endsWith("w");
        assertThat(MessageIds.parse(new MessageId(made.substring(0, 21) + "x")))
                .as("the last character has bits that do not count")
                .isEmpty();
    }
}
