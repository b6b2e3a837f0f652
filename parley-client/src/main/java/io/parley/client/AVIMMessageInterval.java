package io.parley.client;

import io.parley.client.internal.proto.LogsCommand;
import org.jspecify.annotations.Nullable;

/** A part of the history, from one place to another. Immutable. */
public final class AVIMMessageInterval {
    /** A place in the history. Immutable. */
    public static final class AVIMMessageIntervalBound {
        private final String messageId;
        private final long timestamp;
        private final boolean closed;

        /**
         * The place of a message.
         *
         * @param messageId of the message; empty for all messages of that time
         * @param timestamp of the message
         * @param closed whether the message itself is part of the range
         */
        public AVIMMessageIntervalBound(String messageId, long timestamp, boolean closed) {
            this.messageId = messageId;
            this.timestamp = timestamp;
            this.closed = closed;
        }
    }

    private final @Nullable AVIMMessageIntervalBound start;
    private final @Nullable AVIMMessageIntervalBound end;

    /**
     * From one place to another. From new to old, the start is the newer one.
     *
     * @param start null for the end of the history where the search begins
     * @param end null for the other end
     */
    public AVIMMessageInterval(@Nullable AVIMMessageIntervalBound start, @Nullable AVIMMessageIntervalBound end) {
        this.start = start;
        this.end = end;
    }

    /**
     * Makes a place.
     *
     * @param messageId of the message; empty for all messages of that time
     * @param timestamp of the message
     * @param closed whether the message itself is part of the range
     * @return the place
     */
    public static AVIMMessageIntervalBound createBound(String messageId, long timestamp, boolean closed) {
        return new AVIMMessageIntervalBound(messageId, timestamp, closed);
    }

    LogsCommand.Builder fill(LogsCommand.Builder query, AVIMMessageQueryDirection direction) {
        query.setDirection(
                direction == AVIMMessageQueryDirection.AVIMMessageQueryDirectionFromOldToNew
                        ? LogsCommand.QueryDirection.NEW
                        : LogsCommand.QueryDirection.OLD);
        if (start != null) {
            query.setT(start.timestamp).setTIncluded(start.closed);
            if (!start.messageId.isEmpty()) query.setMid(start.messageId);
        }
        if (end != null) {
            query.setTt(end.timestamp).setTtIncluded(end.closed);
            if (!end.messageId.isEmpty()) query.setTmid(end.messageId);
        }
        return query;
    }
}
