package io.parley.core.command;

import java.nio.charset.StandardCharsets;

/// What a message says. The server passes it on unchanged, byte for byte: number formats and line breaks matter to
/// SDKs.
/// Source: protocol 6.1.
public sealed interface Content {
    /// What replaces a recalled message; Swift, C# and JS recognise a recall by it. Source: semantics 6.8.
    Text RECALLED = new Text("{\"_lctype\":-127}");

    /// Size in bytes as the limits count it.
    int size();

    record Text(String value) implements Content {
        @Override
        public int size() {
            int length = value.length();
            // Only text that might be near a limit is worth an exact count.
            return length * 3 <= SMALL ? length : value.getBytes(StandardCharsets.UTF_8).length;
        }

        private static final int SMALL = 1024;
    }

    /// The array is owned by the message: nobody changes it after construction.
    @SuppressWarnings("ArrayRecordComponent")
    record Binary(byte[] value) implements Content {
        @Override
        public int size() {
            return value.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Binary binary && java.util.Arrays.equals(value, binary.value);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(value);
        }
    }
}
