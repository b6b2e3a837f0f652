package io.parley.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// So many bytes of a stream, and no more. Used by one thread.
final class Part extends FilterInputStream {
    private long left;

    Part(InputStream in, long length) {
        super(in);
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (left == 0) return -1;
        int count = super.read(target, offset, (int) Math.min(length, left));
        if (count > 0) left -= count;
        return count;
    }
}
