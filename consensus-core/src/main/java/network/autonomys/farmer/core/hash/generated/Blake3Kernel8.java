package network.autonomys.farmer.core.hash.generated;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import network.autonomys.farmer.core.hash.Blake3Kernel;

/** BLAKE3 of 8 inputs at once; written by Blake3KernelGenerator. */
public final class Blake3Kernel8 extends Blake3Kernel {
    private static final VectorSpecies<Integer> S = IntVector.SPECIES_256;
    private static final VectorSpecies<Byte> B = ByteVector.SPECIES_256;
    /** Where the message words of each step stand, for all rounds. */
    private static final int[] SCHEDULE = {0, 8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 16, 48, 24, 80, 56, 0, 32, 104, 8, 88, 96, 40, 72, 112, 120, 64, 24, 32, 80, 96, 104, 16, 56, 112, 48, 40, 72, 0, 88, 120, 64, 8, 80, 56, 96, 72, 112, 24, 104, 120, 32, 0, 88, 16, 40, 64, 8, 48, 96, 104, 72, 88, 120, 80, 112, 64, 56, 16, 40, 24, 0, 8, 48, 32, 72, 112, 88, 40, 64, 96, 120, 8, 104, 24, 0, 80, 16, 48, 32, 56, 88, 120, 40, 0, 8, 72, 64, 48, 112, 80, 16, 96, 24, 32, 56, 104};
    private static final IntVector LOW4 = IntVector.fromArray(S, new int[] {0, 1, 2, 3, 8, 9, 10, 11}, 0);
    private static final IntVector HIGH4 = IntVector.fromArray(S, new int[] {4, 5, 6, 7, 12, 13, 14, 15}, 0);
    private static final IntVector LOW2 = IntVector.fromArray(S, new int[] {0, 1, 8, 9, 4, 5, 12, 13}, 0);
    private static final IntVector HIGH2 = IntVector.fromArray(S, new int[] {2, 3, 10, 11, 6, 7, 14, 15}, 0);
    private static final IntVector LOW1 = IntVector.fromArray(S, new int[] {0, 8, 2, 10, 4, 12, 6, 14}, 0);
    private static final IntVector HIGH1 = IntVector.fromArray(S, new int[] {1, 9, 3, 11, 5, 13, 7, 15}, 0);

    @Override
    public int lanes() {
        return 8;
    }

    @Override
    protected void transpose(byte[] data, int offset, int stride, int last, int[] m, int upper) {
        transposeHalf(data, offset, stride, last, m, 0);
        transposeHalf(data, offset + 32, stride, last, m, upper * 8);
    }

    private static void transposeHalf(byte[] data, int offset, int stride, int last, int[] m, int at) {
        IntVector r0 = ByteVector.fromArray(B, data, offset + Math.min(0, last) * stride).reinterpretAsInts();
        IntVector r1 = ByteVector.fromArray(B, data, offset + Math.min(1, last) * stride).reinterpretAsInts();
        IntVector r2 = ByteVector.fromArray(B, data, offset + Math.min(2, last) * stride).reinterpretAsInts();
        IntVector r3 = ByteVector.fromArray(B, data, offset + Math.min(3, last) * stride).reinterpretAsInts();
        IntVector r4 = ByteVector.fromArray(B, data, offset + Math.min(4, last) * stride).reinterpretAsInts();
        IntVector r5 = ByteVector.fromArray(B, data, offset + Math.min(5, last) * stride).reinterpretAsInts();
        IntVector r6 = ByteVector.fromArray(B, data, offset + Math.min(6, last) * stride).reinterpretAsInts();
        IntVector r7 = ByteVector.fromArray(B, data, offset + Math.min(7, last) * stride).reinterpretAsInts();
        IntVector t;
        t = LOW4.selectFrom(r0, r4);
        r4 = HIGH4.selectFrom(r0, r4);
        r0 = t;
        t = LOW4.selectFrom(r1, r5);
        r5 = HIGH4.selectFrom(r1, r5);
        r1 = t;
        t = LOW4.selectFrom(r2, r6);
        r6 = HIGH4.selectFrom(r2, r6);
        r2 = t;
        t = LOW4.selectFrom(r3, r7);
        r7 = HIGH4.selectFrom(r3, r7);
        r3 = t;
        t = LOW2.selectFrom(r0, r2);
        r2 = HIGH2.selectFrom(r0, r2);
        r0 = t;
        t = LOW2.selectFrom(r1, r3);
        r3 = HIGH2.selectFrom(r1, r3);
        r1 = t;
        t = LOW2.selectFrom(r4, r6);
        r6 = HIGH2.selectFrom(r4, r6);
        r4 = t;
        t = LOW2.selectFrom(r5, r7);
        r7 = HIGH2.selectFrom(r5, r7);
        r5 = t;
        t = LOW1.selectFrom(r0, r1);
        r1 = HIGH1.selectFrom(r0, r1);
        r0 = t;
        t = LOW1.selectFrom(r2, r3);
        r3 = HIGH1.selectFrom(r2, r3);
        r2 = t;
        t = LOW1.selectFrom(r4, r5);
        r5 = HIGH1.selectFrom(r4, r5);
        r4 = t;
        t = LOW1.selectFrom(r6, r7);
        r7 = HIGH1.selectFrom(r6, r7);
        r6 = t;
        r0.intoArray(m, at + 0);
        r1.intoArray(m, at + 8);
        r2.intoArray(m, at + 16);
        r3.intoArray(m, at + 24);
        r4.intoArray(m, at + 32);
        r5.intoArray(m, at + 40);
        r6.intoArray(m, at + 48);
        r7.intoArray(m, at + 56);
    }

    @Override
    protected void compress(int[] state, int[] m, int at, int[] counters, int length, int flags) {
        IntVector v0 = IntVector.fromArray(S, state, 0);
        IntVector v1 = IntVector.fromArray(S, state, 8);
        IntVector v2 = IntVector.fromArray(S, state, 16);
        IntVector v3 = IntVector.fromArray(S, state, 24);
        IntVector v4 = IntVector.fromArray(S, state, 32);
        IntVector v5 = IntVector.fromArray(S, state, 40);
        IntVector v6 = IntVector.fromArray(S, state, 48);
        IntVector v7 = IntVector.fromArray(S, state, 56);
        IntVector v8 = IntVector.broadcast(S, 0x6A09E667);
        IntVector v9 = IntVector.broadcast(S, 0xBB67AE85);
        IntVector v10 = IntVector.broadcast(S, 0x3C6EF372);
        IntVector v11 = IntVector.broadcast(S, 0xA54FF53A);
        IntVector v12 = IntVector.fromArray(S, counters, 0);
        IntVector v13 = IntVector.fromArray(S, counters, 8);
        IntVector v14 = IntVector.broadcast(S, length);
        IntVector v15 = IntVector.broadcast(S, flags);
        for (int r = 0; r < 112; r += 16) {
            v0 = v0.add(v4).add(IntVector.fromArray(S, m, at + SCHEDULE[r + 0]));
            v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
            v8 = v8.add(v12);
            v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
            v0 = v0.add(v4).add(IntVector.fromArray(S, m, at + SCHEDULE[r + 1]));
            v12 = v12.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
            v8 = v8.add(v12);
            v4 = v4.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
            v1 = v1.add(v5).add(IntVector.fromArray(S, m, at + SCHEDULE[r + 2]));
            v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
            v9 = v9.add(v13);
            v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
            v1 = v1.add(v5).add(IntVector.fromArray(S, m, at + SCHEDULE[r + 3]));
            v13 = v13.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
            v9 = v9.add(v13);
            v5 = v5.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
            v2 = v2.add(v6).add(IntVector.fromArray(S, m, at + SCHEDULE[r + 4]));
            v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
            v10 = v10.add(v14);
            v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
            v2 = v2.add(v6).add(IntVector.fromArray(S, m, at + SCHEDULE[r + 5]));
            v14 = v14.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
            v10 = v10.add(v14);
            v6 = v6.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
            v3 = v3.add(v7).add(IntVector.fromArray(S, m, at + SCHEDULE[r + 6]));
            v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
            v11 = v11.add(v15);
            v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
            v3 = v3.add(v7).add(IntVector.fromArray(S, m, at + SCHEDULE[r + 7]));
            v15 = v15.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
            v11 = v11.add(v15);
            v7 = v7.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
            v0 = v0.add(v5).add(IntVector.fromArray(S, m, at + SCHEDULE[r + 8]));
            v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 16);
            v10 = v10.add(v15);
            v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 12);
            v0 = v0.add(v5).add(IntVector.fromArray(S, m, at + SCHEDULE[r + 9]));
            v15 = v15.lanewise(VectorOperators.XOR, v0).lanewise(VectorOperators.ROR, 8);
            v10 = v10.add(v15);
            v5 = v5.lanewise(VectorOperators.XOR, v10).lanewise(VectorOperators.ROR, 7);
            v1 = v1.add(v6).add(IntVector.fromArray(S, m, at + SCHEDULE[r + 10]));
            v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 16);
            v11 = v11.add(v12);
            v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 12);
            v1 = v1.add(v6).add(IntVector.fromArray(S, m, at + SCHEDULE[r + 11]));
            v12 = v12.lanewise(VectorOperators.XOR, v1).lanewise(VectorOperators.ROR, 8);
            v11 = v11.add(v12);
            v6 = v6.lanewise(VectorOperators.XOR, v11).lanewise(VectorOperators.ROR, 7);
            v2 = v2.add(v7).add(IntVector.fromArray(S, m, at + SCHEDULE[r + 12]));
            v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 16);
            v8 = v8.add(v13);
            v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 12);
            v2 = v2.add(v7).add(IntVector.fromArray(S, m, at + SCHEDULE[r + 13]));
            v13 = v13.lanewise(VectorOperators.XOR, v2).lanewise(VectorOperators.ROR, 8);
            v8 = v8.add(v13);
            v7 = v7.lanewise(VectorOperators.XOR, v8).lanewise(VectorOperators.ROR, 7);
            v3 = v3.add(v4).add(IntVector.fromArray(S, m, at + SCHEDULE[r + 14]));
            v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 16);
            v9 = v9.add(v14);
            v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 12);
            v3 = v3.add(v4).add(IntVector.fromArray(S, m, at + SCHEDULE[r + 15]));
            v14 = v14.lanewise(VectorOperators.XOR, v3).lanewise(VectorOperators.ROR, 8);
            v9 = v9.add(v14);
            v4 = v4.lanewise(VectorOperators.XOR, v9).lanewise(VectorOperators.ROR, 7);
        }
        v0.lanewise(VectorOperators.XOR, v8).intoArray(state, 0);
        v1.lanewise(VectorOperators.XOR, v9).intoArray(state, 8);
        v2.lanewise(VectorOperators.XOR, v10).intoArray(state, 16);
        v3.lanewise(VectorOperators.XOR, v11).intoArray(state, 24);
        v4.lanewise(VectorOperators.XOR, v12).intoArray(state, 32);
        v5.lanewise(VectorOperators.XOR, v13).intoArray(state, 40);
        v6.lanewise(VectorOperators.XOR, v14).intoArray(state, 48);
        v7.lanewise(VectorOperators.XOR, v15).intoArray(state, 56);
    }
}
