package io.parley.load.client;

import io.parley.protocol.proto.CommandType;
import io.parley.protocol.proto.GenericCommand;
import java.util.concurrent.CompletableFuture;

/// Tells a reply from a refusal, in each of the protocol's forms. Source: protocol 4.1.5, 4.2.3, 4.5.3.
final class Answers {
    private Answers() {}

    static void complete(CompletableFuture<GenericCommand> waiting, GenericCommand answer) {
        if (answer.getCmd() == CommandType.error) {
            waiting.completeExceptionally(new RefusedException(
                    answer.getErrorMessage().getCode(), answer.getErrorMessage().getReason()));
        } else if (answer.getAckMessage().hasCode()) {
            waiting.completeExceptionally(new RefusedException(
                    answer.getAckMessage().getCode(), answer.getAckMessage().getReason()));
        } else if (answer.getSessionMessage().hasCode()) {
            waiting.completeExceptionally(new RefusedException(
                    answer.getSessionMessage().getCode(),
                    answer.getSessionMessage().getReason()));
        } else if (answer.getConvMessage().getFailedPidsCount() > 0
                && answer.getConvMessage().getAllowedPidsCount() == 0) {
            var failed = answer.getConvMessage().getFailedPids(0);
            waiting.completeExceptionally(new RefusedException(failed.getCode(), failed.getReason()));
        } else {
            waiting.complete(answer);
        }
    }
}
