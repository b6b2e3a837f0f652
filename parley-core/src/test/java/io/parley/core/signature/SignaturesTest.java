package io.parley.core.signature;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.core.app.App;
import io.parley.core.app.AppSettings;
import io.parley.core.app.ChangedSettings;
import io.parley.core.app.SignatureSettings;
import io.parley.core.command.AppId;
import io.parley.core.command.ClientId;
import io.parley.core.command.ConversationId;
import io.parley.core.command.Refusal;
import io.parley.core.command.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignaturesTest {
    private static final long SIGNED_AT = 1453014943466L;
    private static final App APP =
            new App(new AppId("FFnN2hso42Wego3pWq4X5qlu"), "key", "DyJegPlemooo4X1tg94gQkw1", AppSettings.DEFAULT);

    /// Published vector. Source: semantics 11.2.
    private static final String SIGNATURE = "2d70e55f93b11c760506a499ad5c2196d085cc4b";

    private static Signatures at(long millis) {
        return at(millis, new HashSet<>());
    }

    private static Signatures at(long millis, Set<String> used) {
        return new Signatures(
                Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC),
                Revocations.NONE,
                (app, signature, until) -> used.add(signature));
    }

    private static Optional<Signature> signature(String hex) {
        return Optional.of(new Signature(hex, String.valueOf(SIGNED_AT), "abc123"));
    }

    @Test
    void the_published_signature_opens_the_door_in_either_case() {
        assertThatCode(() -> {
                    at(SIGNED_AT).checkLogin(APP, new ClientId("Tom"), signature(SIGNATURE));
                    at(SIGNED_AT).checkLogin(APP, new ClientId("Tom"), signature(SIGNATURE.toUpperCase(Locale.ROOT)));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void a_missing_foreign_or_wrong_signature_is_refused() {
        assertThatThrownBy(() -> at(SIGNED_AT).checkLogin(APP, new ClientId("Tom"), Optional.empty()))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> at(SIGNED_AT).checkLogin(APP, new ClientId("Bob"), signature(SIGNATURE)))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> at(SIGNED_AT).checkLogin(APP, new ClientId("Tom"), signature("00")))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void an_app_may_take_each_signature_only_once() {
        App strict = new App(APP.id(), "key", APP.masterKey(), singleUse());
        Set<String> used = new HashSet<>();
        ClientId tom = new ClientId("Tom");
        at(SIGNED_AT, used).checkLogin(strict, tom, signature(SIGNATURE));

        assertThatThrownBy(() ->
                        at(SIGNED_AT, used).checkLogin(strict, tom, signature(SIGNATURE.toUpperCase(Locale.ROOT))))
                .isInstanceOf(Refusal.class);
        at(SIGNED_AT, used).checkLogin(APP, tom, signature(SIGNATURE));
    }

    @Test
    void a_wrong_signature_uses_nothing_up() {
        App strict = new App(APP.id(), "key", APP.masterKey(), singleUse());
        Set<String> used = new HashSet<>();

        assertThatThrownBy(() -> at(SIGNED_AT, used).checkLogin(strict, new ClientId("Bob"), signature(SIGNATURE)))
                .isInstanceOf(Refusal.class);

        assertThatCode(() -> at(SIGNED_AT, used).checkLogin(strict, new ClientId("Tom"), signature(SIGNATURE)))
                .doesNotThrowAnyException();
    }

    private static AppSettings singleUse() {
        return ChangedSettings.with("signatures", new SignatureSettings(true));
    }

    @ParameterizedTest
    @CsvSource({"21599, true", "21601, false", "-599, true", "-601, false"})
    void a_signature_lives_six_hours(long secondsLater, boolean accepted) {
        var then = at(SIGNED_AT + secondsLater * 1000);
        if (accepted)
            assertThatCode(() -> then.checkLogin(APP, new ClientId("Tom"), signature(SIGNATURE)))
                    .doesNotThrowAnyException();
        else
            assertThatThrownBy(() -> then.checkLogin(APP, new ClientId("Tom"), signature(SIGNATURE)))
                    .isInstanceOf(Refusal.class);
    }

    /// Published vectors. Source: semantics 11.2.
    @ParameterizedTest
    @CsvSource({
        "create, Jerry Mary, f4db95c52259d14e8220afc125d71d9954caffdf",
        "create, Mary Jerry, f4db95c52259d14e8220afc125d71d9954caffdf",
        "create, Mary Tom Jerry, f4db95c52259d14e8220afc125d71d9954caffdf",
        "invite, Jerry Mary, 8bcb255ba28776bfaed872b3e4084a1a8ba16a86",
        "kick, Jerry, 11ad2da4ed89ac3fdda4c94f2d4ae833381a8b60",
        "block, Jerry Mary, 6783fb84d4e19545fd30206a6eed23a039be9394"
    })
    void a_published_signature_allows_its_operation_and_no_other(String operation, String members, String hex) {
        List<ClientId> clients =
                Arrays.stream(members.split(" ")).map(ClientId::new).toList();
        for (String tried : List.of("create", "invite", "kick", "block", "unblock")) {
            if (tried.equals(operation))
                assertThatCode(() -> check(tried, clients, hex)).doesNotThrowAnyException();
            else assertThatThrownBy(() -> check(tried, clients, hex)).as(tried).isInstanceOf(Refusal.class);
        }
        assertThatThrownBy(() -> check(operation, List.of(new ClientId("Spike")), hex))
                .isInstanceOf(Refusal.class);
    }

    private static void check(String operation, List<ClientId> members, String hex) {
        Signatures signatures = at(SIGNED_AT);
        ClientId tom = new ClientId("Tom");
        ConversationId chat = new ConversationId("5789a33a1b8694ad267d8040");
        switch (operation) {
            case "create" -> signatures.checkCreation(APP, tom, members, false, signature(hex));
            case "invite" -> signatures.checkInvite(APP, tom, chat, members, signature(hex));
            case "kick" -> signatures.checkKick(APP, tom, chat, members, signature(hex));
            default -> signatures.checkBlacklist(APP, tom, chat, members, operation.equals("block"), signature(hex));
        }
    }
}
