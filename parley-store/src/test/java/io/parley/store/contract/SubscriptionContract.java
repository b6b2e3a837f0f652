package io.parley.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.ConversationKey;
import io.parley.core.command.ErrorCode;
import io.parley.core.command.Kind;
import io.parley.core.command.Refusal;
import io.parley.core.command.StoredMessage;
import io.parley.core.command.Subscription;
import io.parley.core.message.Audience;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every [io.parley.core.subscription.SubscriptionStore] does.
public abstract class SubscriptionContract extends ServiceContract {

    @Test
    void a_subscription_is_found_until_it_ends() {
        ConversationKey news = service();
        Subscription made = subscribe(news, TOM);

        assertThat(made).isEqualTo(new Subscription(news.id(), TOM, clock.instant(), false));
        assertThat(storage.subscriptions().find(news, TOM)).contains(made);
        assertThat(storage.subscriptions().find(news, JERRY)).isEmpty();
        assertThat(storage.subscriptions().unsubscribe(news, TOM)).isTrue();
        assertThat(storage.subscriptions().unsubscribe(news, TOM)).isFalse();
        assertThat(storage.subscriptions().find(news, TOM)).isEmpty();
    }

    @Test
    void subscribing_again_keeps_the_subscription() {
        ConversationKey news = service();
        Subscription first = subscribe(news, TOM);
        storage.subscriptions().mute(news, TOM, true);
        tick(1000);

        assertThat(subscribe(news, TOM)).isEqualTo(new Subscription(news.id(), TOM, first.since(), true));
    }

    @Test
    void a_new_subscription_is_later_than_every_message() {
        ConversationKey news = service();
        for (int i = 0; i < 9; i++) faster(news);
        StoredMessage last = faster(news);

        assertThat(subscribe(news, TOM).since()).isEqualTo(Instant.ofEpochMilli(last.timestamp() + 1));
    }

    /// Without the clock moving.
    private StoredMessage faster(ConversationKey service) {
        tick(-1);
        return send(service, OPERATOR, "faster than the clock", new Audience.Subscribers());
    }

    @Test
    void only_subscribers_are_muted_and_the_flag_ends_with_the_subscription() {
        ConversationKey news = service();
        assertThat(storage.subscriptions().mute(news, TOM, true)).isFalse();
        subscribe(news, TOM);

        assertThat(storage.subscriptions().mute(news, TOM, true)).isTrue();
        assertThat(storage.subscriptions().find(news, TOM).orElseThrow().muted())
                .isTrue();
        storage.subscriptions().unsubscribe(news, TOM);
        assertThat(subscribe(news, TOM).muted()).isFalse();
    }

    @Test
    void subscribers_are_counted_and_read_in_pages() {
        ConversationKey news = service();
        ConversationKey other = service();
        for (int i = 0; i < 7; i++) subscribe(news, new ClientId("client" + i));
        subscribe(other, TOM);
        storage.subscriptions().unsubscribe(news, new ClientId("client3"));
        send(news, OPERATOR, "to somebody who does not subscribe", to(JERRY));

        assertThat(storage.subscriptions().count(news)).isEqualTo(6);
        List<String> all = new ArrayList<>();
        Optional<ClientId> last = Optional.empty();
        for (int page = 0; page < 3; page++) {
            List<Subscription> next = storage.subscriptions().page(news, last, 2);
            assertThat(next).hasSize(2);
            for (Subscription one : next) all.add(one.client().value());
            last = Optional.of(next.getLast().client());
        }
        assertThat(all).containsExactly("client0", "client1", "client2", "client4", "client5", "client6");
        assertThat(storage.subscriptions().page(news, last, 2)).isEmpty();
    }

    @Test
    void a_client_has_its_subscriptions_in_its_own_app() {
        ConversationKey news = service();
        ConversationKey weather = service();
        ConversationKey elsewhere =
                create(conversation(OTHER_APP, Kind.SERVICE)).key();
        subscribe(news, TOM);
        subscribe(weather, TOM);
        storage.subscriptions().subscribe(elsewhere, TOM);
        subscribe(weather, JERRY);

        assertThat(storage.subscriptions().of(key(TOM)))
                .extracting(Subscription::conversation)
                .containsExactlyInAnyOrder(news.id(), weather.id());
        assertThat(storage.subscriptions().of(key(MARY))).isEmpty();
    }

    @Test
    void nobody_subscribes_to_what_does_not_exist() {
        ConversationKey nothing = new ConversationKey(APP, new ConversationId("nothing"));

        assertThatThrownBy(() -> subscribe(nothing, TOM))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONVERSATION_NOT_FOUND));
        assertThat(storage.subscriptions().find(nothing, TOM)).isEmpty();
        assertThat(storage.subscriptions().count(nothing)).isZero();
        assertThat(storage.subscriptions().page(nothing, Optional.empty(), 10)).isEmpty();
    }

    @Test
    void subscriptions_survive() {
        ConversationKey news = service();
        Subscription made = subscribe(news, TOM);
        reopen();

        assertThat(storage.subscriptions().find(news, TOM)).contains(made);
    }
}
