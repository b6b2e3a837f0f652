package io.parley.client;

import java.security.SignatureException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the application's server whether an operation is allowed. Called on a background thread, so it may take its time
 * and use the network. Refuse by throwing: the operation then fails, and nothing is sent.
 */
public interface SignatureFactory {
    /**
     * A client wants to log in.
     *
     * @param peerId the client
     * @param watchIds empty; a rest of an older protocol
     * @return the proof
     * @throws SignatureException to refuse
     */
    Signature createSignature(String peerId, List<String> watchIds) throws SignatureException;

    /**
     * A client wants to change who is in a conversation.
     *
     * @param conversationId the conversation; null when it is to be created
     * @param clientId who wants it
     * @param targetIds who is concerned, sorted
     * @param action {@code create}, {@code invite} or {@code kick}
     * @return the proof
     * @throws SignatureException to refuse
     */
    Signature createConversationSignature(
            @Nullable String conversationId, String clientId, List<String> targetIds, String action)
            throws SignatureException;

    /**
     * A client wants to block clients from a conversation, or to let them in again.
     *
     * @param clientId who wants it
     * @param conversationId the conversation
     * @param memberIds who is concerned, sorted
     * @param action {@code conversation-block-clients} or {@code conversation-unblock-clients}
     * @return the proof
     * @throws SignatureException to refuse
     */
    default Signature createBlacklistSignature(
            String clientId, String conversationId, List<String> memberIds, String action) throws SignatureException {
        throw new SignatureException("this application does not sign the blocking of members");
    }
}
