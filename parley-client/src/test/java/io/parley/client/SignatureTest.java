package io.parley.client;

import static io.parley.client.Device.await;
import static io.parley.client.Device.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testing.ParleyServer;
import io.parley.testing.TestApp;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SignatureTest {
    @RegisterExtension
    static final ParleyServer server = ParleyServer.with()
            .set("appDefaults.loginSignature", "true")
            .set("appDefaults.conversationSignature", "true")
            .set("appDefaults.blacklistSignature", "true")
            .create();

    private final Device phone = Device.of(server);
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        phone.close();
    }

    /// What an application's server does, with the key that only it has.
    private final class Signer implements SignatureFactory {
        @Override
        public Signature createSignature(String peerId, List<String> watchIds) throws SignatureException {
            asked.add("login");
            return sign(peerId + "::%d:nonce");
        }

        @Override
        public Signature createConversationSignature(
                @Nullable String conversationId, String clientId, List<String> targetIds, String action)
                throws SignatureException {
            asked.add(action + " " + targetIds.size());
            String targets = String.join(":", targetIds);
            return conversationId == null
                    ? sign(clientId + ":" + targets + ":%d:nonce")
                    : sign(clientId + ":" + conversationId + ":" + targets + ":%d:nonce:" + action);
        }

        @Override
        public Signature createBlacklistSignature(
                String clientId, String conversationId, List<String> memberIds, String action)
                throws SignatureException {
            asked.add(action);
            return sign(clientId + ":" + conversationId + ":" + String.join(":", memberIds) + ":%d:nonce:" + action);
        }

        private static Signature sign(String text) throws SignatureException {
            long now = System.currentTimeMillis();
            try {
                Mac mac = Mac.getInstance("HmacSHA1");
                mac.init(new SecretKeySpec(TestApp.MASTER_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
                String signed = TestApp.ID + ":" + text.formatted(now);
                return new Signature(
                        HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))), now, "nonce");
            } catch (GeneralSecurityException e) {
                throw new SignatureException(e);
            }
        }
    }

    @Test
    void each_operation_that_must_be_signed_asks_the_applications_signer() {
        phone.realtime.setSignatureFactory(new Signer());
        AVIMClient tom = phone.enters("Tom");
        AVIMConversation chat = await(tom.createConversation(List.of("Zoe", "Jerry")));
        await(chat.addMembers(List.of("Mary", "Bob")));
        await(chat.kickMembers(List.of("Bob")));
        await(chat.quit());
        await(chat.join());

        assertThat(asked).containsExactly("login", "create 3", "invite 2", "kick 1", "invite 1");
    }

    @Test
    void without_a_signer_the_server_refuses() {
        assertThat(failure(phone.realtime.getClient("Tom-unsigned").open()).getCode())
                .isEqualTo(AVIMException.SIGNATURE_FAILED);
    }

    @Test
    void a_signer_that_refuses_stops_the_operation() {
        phone.realtime.setSignatureFactory(new Signer());
        AVIMClient tom = phone.enters("Tom");
        phone.realtime.setSignatureFactory(new SignatureFactory() {
            @Override
            public Signature createSignature(String peerId, List<String> watchIds) throws SignatureException {
                throw new SignatureException("not you");
            }

            @Override
            public Signature createConversationSignature(
                    @Nullable String conversationId, String clientId, List<String> targetIds, String action)
                    throws SignatureException {
                throw new SignatureException("not that");
            }
        });

        AVIMException refused = failure(tom.createConversation(List.of("Jerry")));
        assertThat(refused.getCode()).isEqualTo(AVIMException.SIGNATURE_FAILED);
        assertThat(refused).hasMessageContaining("not that");
        assertThat(failure(phone.realtime.getClient("Nobody").open())).hasMessageContaining("not you");
    }
}
