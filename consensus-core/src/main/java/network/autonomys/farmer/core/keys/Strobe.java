package network.autonomys.farmer.core.keys;

import java.nio.charset.StandardCharsets;

/** STROBE-128 (version 1.0.2) with the operations that Merlin transcripts use. */
final class Strobe {
    private static final int RATE = 166;
    private static final int FLAG_I = 1;
    private static final int FLAG_A = 1 << 1;
    private static final int FLAG_C = 1 << 2;
    private static final int FLAG_M = 1 << 4;

    private final long[] state;
    private int position;
    private int begin;

    Strobe(byte[] protocol) {
        state = new long[25];
        byte[] init = new byte[18];
        byte[] head = {1, (byte) (RATE + 2), 1, 0, 1, 96};
        System.arraycopy(head, 0, init, 0, head.length);
        byte[] name = "STROBEv1.0.2".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, init, head.length, name.length);
        for (int i = 0; i < init.length; i++) {
            xor(i, init[i]);
        }
        Keccak.permute(state);
        metaAd(protocol, false);
    }

    private Strobe(Strobe other) {
        state = other.state.clone();
        position = other.position;
        begin = other.begin;
    }

    Strobe copy() {
        return new Strobe(this);
    }

    void metaAd(byte[] data, boolean more) {
        if (!more) {
            beginOperation(FLAG_M | FLAG_A);
        }
        absorb(data);
    }

    void ad(byte[] data) {
        beginOperation(FLAG_A);
        absorb(data);
    }

    void key(byte[] data) {
        beginOperation(FLAG_A | FLAG_C);
        for (byte b : data) {
            xor(position, (byte) (get(position) ^ b));
            advance();
        }
    }

    byte[] prf(int length) {
        beginOperation(FLAG_I | FLAG_A | FLAG_C);
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            out[i] = get(position);
            xor(position, out[i]);
            advance();
        }
        return out;
    }

    private void beginOperation(int flags) {
        int oldBegin = begin;
        begin = position + 1;
        absorb(new byte[] {(byte) oldBegin, (byte) flags});
        if ((flags & FLAG_C) != 0 && position != 0) {
            run();
        }
    }

    private void absorb(byte[] data) {
        for (byte b : data) {
            xor(position, b);
            advance();
        }
    }

    private void advance() {
        position++;
        if (position == RATE) {
            run();
        }
    }

    private void run() {
        xor(position, (byte) begin);
        xor(position + 1, (byte) 0x04);
        xor(RATE + 1, (byte) 0x80);
        Keccak.permute(state);
        position = 0;
        begin = 0;
    }

    private byte get(int index) {
        return (byte) (state[index >>> 3] >>> (8 * (index & 7)));
    }

    private void xor(int index, byte value) {
        state[index >>> 3] ^= (value & 0xffL) << (8 * (index & 7));
    }
}
