package network.autonomys.farmer.core.archive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * The stream of ChaCha with 8 rounds, a 64-bit block counter from 0 and nonce 0, which pads the genesis block (primitives §7.5). For one thread.
 */
public final class ChaCha8 {
    private static final VarHandle LE32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BLOCK = 64;
    private static final int DOUBLE_ROUNDS = 4;

    private final int[] input = new int[16];
    private final int[] state = new int[16];
    private final byte[] block = new byte[BLOCK];
    private int used = BLOCK;

    /**
     * A stream at its first byte.
     *
     * @param key 32 bytes
     */
    public ChaCha8(byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException("key of " + key.length + " bytes");
        }
        // "expand 32-byte k"
        input[0] = 0x61707865;
        input[1] = 0x3320646e;
        input[2] = 0x79622d32;
        input[3] = 0x6b206574;
        for (int i = 0; i < 8; i++) {
            input[4 + i] = (int) LE32.get(key, 4 * i);
        }
    }

    /** Writes the next bytes of the stream. */
    public void next(byte[] out, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, out.length);
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (used == BLOCK && end - at >= BLOCK) {
                generate(out, at);
                at += BLOCK;
                continue;
            }
            if (used == BLOCK) {
                generate(block, 0);
                used = 0;
            }
            int count = Math.min(BLOCK - used, end - at);
            System.arraycopy(block, used, out, at, count);
            used += count;
            at += count;
        }
    }

    private void generate(byte[] out, int at) {
        System.arraycopy(input, 0, state, 0, 16);
        for (int i = 0; i < DOUBLE_ROUNDS; i++) {
            quarter(0, 4, 8, 12);
            quarter(1, 5, 9, 13);
            quarter(2, 6, 10, 14);
            quarter(3, 7, 11, 15);
            quarter(0, 5, 10, 15);
            quarter(1, 6, 11, 12);
            quarter(2, 7, 8, 13);
            quarter(3, 4, 9, 14);
        }
        for (int i = 0; i < 16; i++) {
            LE32.set(out, at + 4 * i, state[i] + input[i]);
        }
        input[12]++;
        if (input[12] == 0) {
            input[13]++;
        }
    }

    private void quarter(int a, int b, int c, int d) {
        int va = state[a] + state[b];
        int vd = Integer.rotateLeft(state[d] ^ va, 16);
        int vc = state[c] + vd;
        int vb = Integer.rotateLeft(state[b] ^ vc, 12);
        va += vb;
        vd = Integer.rotateLeft(vd ^ va, 8);
        vc += vd;
        vb = Integer.rotateLeft(vb ^ vc, 7);
        state[a] = va;
        state[b] = vb;
        state[c] = vc;
        state[d] = vd;
    }
}
