package network.autonomys.farmer.core.field.generated;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import network.autonomys.farmer.core.field.LaneKernel;

/** Field arithmetic, 4 elements at a time; written by KernelGenerator. */
public final class LaneKernel4 extends LaneKernel {
    private static final VectorSpecies<Long> S = LongVector.SPECIES_256;
    private static final VectorSpecies<Long> SCALAR = LongVector.SPECIES_256;
    private static final long U = 0xffffffffL;
    private static final VectorShuffle<Long> SWAP1 = VectorShuffle.fromOp(S, lane -> lane ^ 1);
    private static final VectorMask<Long> UPPER1 = VectorMask.fromLong(S, 10L);
    private static final VectorShuffle<Long> SWAP2 = VectorShuffle.fromOp(S, lane -> lane ^ 2);
    private static final VectorMask<Long> UPPER2 = VectorMask.fromLong(S, 12L);
    private static final long M = 536870911L;
    /** floor(2^52 / (floor(r / 2^232) + 1)). */
    private static final long QUOTIENT = 592775450L;
    /** The modulus. */
    private static final long[] Q = {1L, 536870904L, 529989567L, 457704959L, 494949691L, 201589968L, 354471143L, 174404527L, 7597479L};
    /** 4r with limbs so large that a tight value is subtracted without borrowing. */
    private static final long[] PAD = {536870916L, 1073741791L, 1046216446L, 757078014L, 906056942L, 806359874L, 881013660L, 697618109L, 30389916L};
    /** 4r, 8r, 16r. */
    private static final long[] PADS = {4L, 536870880L, 509345535L, 220207103L, 369186031L, 269488963L, 344142749L, 160747198L, 30389917L, 8L, 536870848L, 481820159L, 440414207L, 201501150L, 2107015L, 151414587L, 321494397L, 60779834L, 16L, 536870784L, 426769407L, 343957503L, 403002301L, 4214030L, 302829174L, 106117882L, 121559669L};

    @Override
    public int lanes() {
        return 4;
    }

    private static final int CARRYING = -1;
    private static final int LAZY = -2;

    @Override
    public void toReversed(long[] a, int offset, int logSize, long[] roots) {
        toReversed(a, offset, logSize, roots, 0, 0);
    }

    /** Two layers at a time, and then each quarter to its end: what is at hand is worked on while it is near. */
    private static void toReversed(long[] a, int offset, int logSize, long[] roots, int node, int layer) {
        if (logSize == 0) {
            return;
        }
        int lazy = layer % 3 == 2 ? CARRYING : LAZY;
        int kind = node == 0 && layer < 3 ? 9 * layer : lazy;
        if (logSize == 1) {
            butterfly(kind, a, offset, offset + 36, roots, 9 * node);
            return;
        }
        int quarter = 36 << (logSize - 2);
        int nextLazy = layer % 3 == 1 ? CARRYING : LAZY;
        int next = node == 0 && layer < 2 ? 9 * (layer + 1) : nextLazy;
        for (int k = offset; k < offset + quarter; k += 36) {
            butterfly(kind, a, k, k + 2 * quarter, roots, 9 * node);
            butterfly(kind, a, k + quarter, k + 3 * quarter, roots, 9 * node);
            butterfly(next, a, k, k + quarter, roots, 18 * node);
            butterfly(nextLazy, a, k + 2 * quarter, k + 3 * quarter, roots, 18 * node + 9);
        }
        for (int i = 0; i < 4; i++) {
            toReversed(a, offset + i * quarter, logSize - 2, roots, 4 * node + i, layer + 2);
        }
    }

    @Override
    public void fromReversed(long[] a, int offset, int logSize, long[] powers, int logOrder) {
        if (logSize == 0) {
            return;
        }
        if (logSize == 1) {
            plainButterfly(a, offset, offset + 36, 0);
            return;
        }
        int quarter = 36 << (logSize - 2);
        for (int i = 0; i < 4; i++) {
            fromReversed(a, offset + i * quarter, logSize - 2, powers, logOrder);
        }
        int layer = logSize - 2;
        int lazy = layer % 3 == 2 ? CARRYING : LAZY;
        int nextLazy = layer % 3 == 1 ? CARRYING : LAZY;
        int kind = layer < 3 ? 9 * layer : lazy;
        int next = layer < 2 ? 9 * (layer + 1) : nextLazy;
        int step = 9 << (logOrder - 1 - layer);
        int middle = 9 << (logOrder - 2);
        int power = 0;
        for (int k = offset; k < offset + quarter; k += 36) {
            butterfly(kind, a, k, k + quarter, powers, power);
            butterfly(kind, a, k + 2 * quarter, k + 3 * quarter, powers, power);
            butterfly(next, a, k, k + 2 * quarter, powers, power / 2);
            butterfly(nextLazy, a, k + quarter, k + 3 * quarter, powers, middle + power / 2);
            kind = lazy;
            next = nextLazy;
            power += step;
        }
    }

    private static void butterfly(int kind, long[] a, int u, int v, long[] w, int wo) {
        if (kind == LAZY) {
            butterfly(a, u, v, w, wo);
        } else if (kind == CARRYING) {
            carryingButterfly(a, u, v, w, wo);
        } else {
            plainButterfly(a, u, v, kind);
        }
    }

    /** (u, v) becomes (u + w v, u - w v). */
    private static void butterfly(long[] a, int u, int v, long[] w, int wo) {
LongVector b0 = LongVector.broadcast(S, w[wo]).and(U);
LongVector b1 = LongVector.broadcast(S, w[wo + 1]).and(U);
LongVector b2 = LongVector.broadcast(S, w[wo + 2]).and(U);
LongVector b3 = LongVector.broadcast(S, w[wo + 3]).and(U);
LongVector b4 = LongVector.broadcast(S, w[wo + 4]).and(U);
LongVector b5 = LongVector.broadcast(S, w[wo + 5]).and(U);
LongVector b6 = LongVector.broadcast(S, w[wo + 6]).and(U);
LongVector b7 = LongVector.broadcast(S, w[wo + 7]).and(U);
LongVector b8 = LongVector.broadcast(S, w[wo + 8]).and(U);
LongVector q1 = LongVector.broadcast(S, Q[1]).and(U);
LongVector q2 = LongVector.broadcast(S, Q[2]).and(U);
LongVector q3 = LongVector.broadcast(S, Q[3]).and(U);
LongVector q4 = LongVector.broadcast(S, Q[4]).and(U);
LongVector q5 = LongVector.broadcast(S, Q[5]).and(U);
LongVector q6 = LongVector.broadcast(S, Q[6]).and(U);
LongVector q7 = LongVector.broadcast(S, Q[7]).and(U);
LongVector q8 = LongVector.broadcast(S, Q[8]).and(U);
LongVector t0 = LongVector.zero(S);
LongVector t1 = LongVector.zero(S);
LongVector t2 = LongVector.zero(S);
LongVector t3 = LongVector.zero(S);
LongVector t4 = LongVector.zero(S);
LongVector t5 = LongVector.zero(S);
LongVector t6 = LongVector.zero(S);
LongVector t7 = LongVector.zero(S);
LongVector t8 = LongVector.zero(S);
for (int i = 0; i < 36; i += 4) {
LongVector x = LongVector.fromArray(S, a, v + i).and(U);
t0 = t0.add(x.mul(b0));
t1 = t1.add(x.mul(b1));
t2 = t2.add(x.mul(b2));
t3 = t3.add(x.mul(b3));
t4 = t4.add(x.mul(b4));
t5 = t5.add(x.mul(b5));
t6 = t6.add(x.mul(b6));
t7 = t7.add(x.mul(b7));
t8 = x.mul(b8);
LongVector m = LongVector.zero(S).sub(t0).and(M);
LongVector c = t0.add(m).lanewise(VectorOperators.LSHR, 29);
t0 = t1.add(m.mul(q1)).add(c);
t1 = t2.add(m.mul(q2));
t2 = t3.add(m.mul(q3));
t3 = t4.add(m.mul(q4));
t4 = t5.add(m.mul(q5));
t5 = t6.add(m.mul(q6));
t6 = t7.add(m.mul(q7));
t7 = t8.add(m.mul(q8));
}
t8 = LongVector.zero(S);
LongVector c = LongVector.zero(S);
LongVector y;
t0 = t0.add(c);
c = t0.lanewise(VectorOperators.LSHR, 29);
t0 = t0.and(M);
y = LongVector.fromArray(S, a, u);
y.add(t0).intoArray(a, u);
y.add(LongVector.broadcast(S, PAD[0]).sub(t0)).intoArray(a, v);
t1 = t1.add(c);
c = t1.lanewise(VectorOperators.LSHR, 29);
t1 = t1.and(M);
y = LongVector.fromArray(S, a, u + 4);
y.add(t1).intoArray(a, u + 4);
y.add(LongVector.broadcast(S, PAD[1]).sub(t1)).intoArray(a, v + 4);
t2 = t2.add(c);
c = t2.lanewise(VectorOperators.LSHR, 29);
t2 = t2.and(M);
y = LongVector.fromArray(S, a, u + 8);
y.add(t2).intoArray(a, u + 8);
y.add(LongVector.broadcast(S, PAD[2]).sub(t2)).intoArray(a, v + 8);
t3 = t3.add(c);
c = t3.lanewise(VectorOperators.LSHR, 29);
t3 = t3.and(M);
y = LongVector.fromArray(S, a, u + 12);
y.add(t3).intoArray(a, u + 12);
y.add(LongVector.broadcast(S, PAD[3]).sub(t3)).intoArray(a, v + 12);
t4 = t4.add(c);
c = t4.lanewise(VectorOperators.LSHR, 29);
t4 = t4.and(M);
y = LongVector.fromArray(S, a, u + 16);
y.add(t4).intoArray(a, u + 16);
y.add(LongVector.broadcast(S, PAD[4]).sub(t4)).intoArray(a, v + 16);
t5 = t5.add(c);
c = t5.lanewise(VectorOperators.LSHR, 29);
t5 = t5.and(M);
y = LongVector.fromArray(S, a, u + 20);
y.add(t5).intoArray(a, u + 20);
y.add(LongVector.broadcast(S, PAD[5]).sub(t5)).intoArray(a, v + 20);
t6 = t6.add(c);
c = t6.lanewise(VectorOperators.LSHR, 29);
t6 = t6.and(M);
y = LongVector.fromArray(S, a, u + 24);
y.add(t6).intoArray(a, u + 24);
y.add(LongVector.broadcast(S, PAD[6]).sub(t6)).intoArray(a, v + 24);
t7 = t7.add(c);
c = t7.lanewise(VectorOperators.LSHR, 29);
t7 = t7.and(M);
y = LongVector.fromArray(S, a, u + 28);
y.add(t7).intoArray(a, u + 28);
y.add(LongVector.broadcast(S, PAD[7]).sub(t7)).intoArray(a, v + 28);
t8 = t8.add(c);
y = LongVector.fromArray(S, a, u + 32);
y.add(t8).intoArray(a, u + 32);
y.add(LongVector.broadcast(S, PAD[8]).sub(t8)).intoArray(a, v + 32);
    }

    /** (u, v) becomes (u + w v, u - w v). */
    private static void carryingButterfly(long[] a, int u, int v, long[] w, int wo) {
LongVector b0 = LongVector.broadcast(S, w[wo]).and(U);
LongVector b1 = LongVector.broadcast(S, w[wo + 1]).and(U);
LongVector b2 = LongVector.broadcast(S, w[wo + 2]).and(U);
LongVector b3 = LongVector.broadcast(S, w[wo + 3]).and(U);
LongVector b4 = LongVector.broadcast(S, w[wo + 4]).and(U);
LongVector b5 = LongVector.broadcast(S, w[wo + 5]).and(U);
LongVector b6 = LongVector.broadcast(S, w[wo + 6]).and(U);
LongVector b7 = LongVector.broadcast(S, w[wo + 7]).and(U);
LongVector b8 = LongVector.broadcast(S, w[wo + 8]).and(U);
LongVector q1 = LongVector.broadcast(S, Q[1]).and(U);
LongVector q2 = LongVector.broadcast(S, Q[2]).and(U);
LongVector q3 = LongVector.broadcast(S, Q[3]).and(U);
LongVector q4 = LongVector.broadcast(S, Q[4]).and(U);
LongVector q5 = LongVector.broadcast(S, Q[5]).and(U);
LongVector q6 = LongVector.broadcast(S, Q[6]).and(U);
LongVector q7 = LongVector.broadcast(S, Q[7]).and(U);
LongVector q8 = LongVector.broadcast(S, Q[8]).and(U);
LongVector t0 = LongVector.zero(S);
LongVector t1 = LongVector.zero(S);
LongVector t2 = LongVector.zero(S);
LongVector t3 = LongVector.zero(S);
LongVector t4 = LongVector.zero(S);
LongVector t5 = LongVector.zero(S);
LongVector t6 = LongVector.zero(S);
LongVector t7 = LongVector.zero(S);
LongVector t8 = LongVector.zero(S);
for (int i = 0; i < 36; i += 4) {
LongVector x = LongVector.fromArray(S, a, v + i).and(U);
t0 = t0.add(x.mul(b0));
t1 = t1.add(x.mul(b1));
t2 = t2.add(x.mul(b2));
t3 = t3.add(x.mul(b3));
t4 = t4.add(x.mul(b4));
t5 = t5.add(x.mul(b5));
t6 = t6.add(x.mul(b6));
t7 = t7.add(x.mul(b7));
t8 = x.mul(b8);
LongVector m = LongVector.zero(S).sub(t0).and(M);
LongVector c = t0.add(m).lanewise(VectorOperators.LSHR, 29);
t0 = t1.add(m.mul(q1)).add(c);
t1 = t2.add(m.mul(q2));
t2 = t3.add(m.mul(q3));
t3 = t4.add(m.mul(q4));
t4 = t5.add(m.mul(q5));
t5 = t6.add(m.mul(q6));
t6 = t7.add(m.mul(q7));
t7 = t8.add(m.mul(q8));
}
t8 = LongVector.zero(S);
LongVector c = LongVector.zero(S);
LongVector cs = LongVector.zero(S);
LongVector cd = LongVector.zero(S);
LongVector y;
LongVector s;
LongVector d;
t0 = t0.add(c);
c = t0.lanewise(VectorOperators.LSHR, 29);
t0 = t0.and(M);
y = LongVector.fromArray(S, a, u);
s = y.add(t0).add(cs);
d = y.add(LongVector.broadcast(S, PAD[0]).sub(t0)).add(cd);
cs = s.lanewise(VectorOperators.LSHR, 29);
cd = d.lanewise(VectorOperators.LSHR, 29);
s = s.and(M);
d = d.and(M);
s.intoArray(a, u);
d.intoArray(a, v);
t1 = t1.add(c);
c = t1.lanewise(VectorOperators.LSHR, 29);
t1 = t1.and(M);
y = LongVector.fromArray(S, a, u + 4);
s = y.add(t1).add(cs);
d = y.add(LongVector.broadcast(S, PAD[1]).sub(t1)).add(cd);
cs = s.lanewise(VectorOperators.LSHR, 29);
cd = d.lanewise(VectorOperators.LSHR, 29);
s = s.and(M);
d = d.and(M);
s.intoArray(a, u + 4);
d.intoArray(a, v + 4);
t2 = t2.add(c);
c = t2.lanewise(VectorOperators.LSHR, 29);
t2 = t2.and(M);
y = LongVector.fromArray(S, a, u + 8);
s = y.add(t2).add(cs);
d = y.add(LongVector.broadcast(S, PAD[2]).sub(t2)).add(cd);
cs = s.lanewise(VectorOperators.LSHR, 29);
cd = d.lanewise(VectorOperators.LSHR, 29);
s = s.and(M);
d = d.and(M);
s.intoArray(a, u + 8);
d.intoArray(a, v + 8);
t3 = t3.add(c);
c = t3.lanewise(VectorOperators.LSHR, 29);
t3 = t3.and(M);
y = LongVector.fromArray(S, a, u + 12);
s = y.add(t3).add(cs);
d = y.add(LongVector.broadcast(S, PAD[3]).sub(t3)).add(cd);
cs = s.lanewise(VectorOperators.LSHR, 29);
cd = d.lanewise(VectorOperators.LSHR, 29);
s = s.and(M);
d = d.and(M);
s.intoArray(a, u + 12);
d.intoArray(a, v + 12);
t4 = t4.add(c);
c = t4.lanewise(VectorOperators.LSHR, 29);
t4 = t4.and(M);
y = LongVector.fromArray(S, a, u + 16);
s = y.add(t4).add(cs);
d = y.add(LongVector.broadcast(S, PAD[4]).sub(t4)).add(cd);
cs = s.lanewise(VectorOperators.LSHR, 29);
cd = d.lanewise(VectorOperators.LSHR, 29);
s = s.and(M);
d = d.and(M);
s.intoArray(a, u + 16);
d.intoArray(a, v + 16);
t5 = t5.add(c);
c = t5.lanewise(VectorOperators.LSHR, 29);
t5 = t5.and(M);
y = LongVector.fromArray(S, a, u + 20);
s = y.add(t5).add(cs);
d = y.add(LongVector.broadcast(S, PAD[5]).sub(t5)).add(cd);
cs = s.lanewise(VectorOperators.LSHR, 29);
cd = d.lanewise(VectorOperators.LSHR, 29);
s = s.and(M);
d = d.and(M);
s.intoArray(a, u + 20);
d.intoArray(a, v + 20);
t6 = t6.add(c);
c = t6.lanewise(VectorOperators.LSHR, 29);
t6 = t6.and(M);
y = LongVector.fromArray(S, a, u + 24);
s = y.add(t6).add(cs);
d = y.add(LongVector.broadcast(S, PAD[6]).sub(t6)).add(cd);
cs = s.lanewise(VectorOperators.LSHR, 29);
cd = d.lanewise(VectorOperators.LSHR, 29);
s = s.and(M);
d = d.and(M);
s.intoArray(a, u + 24);
d.intoArray(a, v + 24);
t7 = t7.add(c);
c = t7.lanewise(VectorOperators.LSHR, 29);
t7 = t7.and(M);
y = LongVector.fromArray(S, a, u + 28);
s = y.add(t7).add(cs);
d = y.add(LongVector.broadcast(S, PAD[7]).sub(t7)).add(cd);
cs = s.lanewise(VectorOperators.LSHR, 29);
cd = d.lanewise(VectorOperators.LSHR, 29);
s = s.and(M);
d = d.and(M);
s.intoArray(a, u + 28);
d.intoArray(a, v + 28);
t8 = t8.add(c);
y = LongVector.fromArray(S, a, u + 32);
s = y.add(t8).add(cs);
d = y.add(LongVector.broadcast(S, PAD[8]).sub(t8)).add(cd);
s.intoArray(a, u + 32);
d.intoArray(a, v + 32);
    }

    /** (u, v) becomes (u + v, u - v + pad), carried. */
    private static void plainButterfly(long[] a, int u, int v, int pad) {
LongVector x;
LongVector y;
LongVector s;
LongVector d;
LongVector cs = LongVector.zero(S);
LongVector cd = LongVector.zero(S);
y = LongVector.fromArray(S, a, u);
x = LongVector.fromArray(S, a, v);
s = y.add(x).add(cs);
d = y.sub(x).add(LongVector.broadcast(S, PADS[pad + 0])).add(cd);
cs = s.lanewise(VectorOperators.LSHR, 29);
cd = d.lanewise(VectorOperators.ASHR, 29);
s = s.and(M);
d = d.and(M);
s.intoArray(a, u);
d.intoArray(a, v);
y = LongVector.fromArray(S, a, u + 4);
x = LongVector.fromArray(S, a, v + 4);
s = y.add(x).add(cs);
d = y.sub(x).add(LongVector.broadcast(S, PADS[pad + 1])).add(cd);
cs = s.lanewise(VectorOperators.LSHR, 29);
cd = d.lanewise(VectorOperators.ASHR, 29);
s = s.and(M);
d = d.and(M);
s.intoArray(a, u + 4);
d.intoArray(a, v + 4);
y = LongVector.fromArray(S, a, u + 8);
x = LongVector.fromArray(S, a, v + 8);
s = y.add(x).add(cs);
d = y.sub(x).add(LongVector.broadcast(S, PADS[pad + 2])).add(cd);
cs = s.lanewise(VectorOperators.LSHR, 29);
cd = d.lanewise(VectorOperators.ASHR, 29);
s = s.and(M);
d = d.and(M);
s.intoArray(a, u + 8);
d.intoArray(a, v + 8);
y = LongVector.fromArray(S, a, u + 12);
x = LongVector.fromArray(S, a, v + 12);
s = y.add(x).add(cs);
d = y.sub(x).add(LongVector.broadcast(S, PADS[pad + 3])).add(cd);
cs = s.lanewise(VectorOperators.LSHR, 29);
cd = d.lanewise(VectorOperators.ASHR, 29);
s = s.and(M);
d = d.and(M);
s.intoArray(a, u + 12);
d.intoArray(a, v + 12);
y = LongVector.fromArray(S, a, u + 16);
x = LongVector.fromArray(S, a, v + 16);
s = y.add(x).add(cs);
d = y.sub(x).add(LongVector.broadcast(S, PADS[pad + 4])).add(cd);
cs = s.lanewise(VectorOperators.LSHR, 29);
cd = d.lanewise(VectorOperators.ASHR, 29);
s = s.and(M);
d = d.and(M);
s.intoArray(a, u + 16);
d.intoArray(a, v + 16);
y = LongVector.fromArray(S, a, u + 20);
x = LongVector.fromArray(S, a, v + 20);
s = y.add(x).add(cs);
d = y.sub(x).add(LongVector.broadcast(S, PADS[pad + 5])).add(cd);
cs = s.lanewise(VectorOperators.LSHR, 29);
cd = d.lanewise(VectorOperators.ASHR, 29);
s = s.and(M);
d = d.and(M);
s.intoArray(a, u + 20);
d.intoArray(a, v + 20);
y = LongVector.fromArray(S, a, u + 24);
x = LongVector.fromArray(S, a, v + 24);
s = y.add(x).add(cs);
d = y.sub(x).add(LongVector.broadcast(S, PADS[pad + 6])).add(cd);
cs = s.lanewise(VectorOperators.LSHR, 29);
cd = d.lanewise(VectorOperators.ASHR, 29);
s = s.and(M);
d = d.and(M);
s.intoArray(a, u + 24);
d.intoArray(a, v + 24);
y = LongVector.fromArray(S, a, u + 28);
x = LongVector.fromArray(S, a, v + 28);
s = y.add(x).add(cs);
d = y.sub(x).add(LongVector.broadcast(S, PADS[pad + 7])).add(cd);
cs = s.lanewise(VectorOperators.LSHR, 29);
cd = d.lanewise(VectorOperators.ASHR, 29);
s = s.and(M);
d = d.and(M);
s.intoArray(a, u + 28);
d.intoArray(a, v + 28);
y = LongVector.fromArray(S, a, u + 32);
x = LongVector.fromArray(S, a, v + 32);
s = y.add(x).add(cs);
d = y.sub(x).add(LongVector.broadcast(S, PADS[pad + 8])).add(cd);
s.intoArray(a, u + 32);
d.intoArray(a, v + 32);
    }

    @Override
    public void multiply(long[] a, int ao, long[] b, int bo, long[] z, int zo, int blocks) {
        for (int k = 0; k < blocks * 36; k += 36) {
            multiply(a, ao + k, b, bo + k, z, zo + k);
        }
    }

    private static void multiply(long[] a, int ao, long[] b, int bo, long[] z, int zo) {
LongVector b0 = LongVector.fromArray(S, b, bo).and(U);
LongVector b1 = LongVector.fromArray(S, b, bo + 4).and(U);
LongVector b2 = LongVector.fromArray(S, b, bo + 8).and(U);
LongVector b3 = LongVector.fromArray(S, b, bo + 12).and(U);
LongVector b4 = LongVector.fromArray(S, b, bo + 16).and(U);
LongVector b5 = LongVector.fromArray(S, b, bo + 20).and(U);
LongVector b6 = LongVector.fromArray(S, b, bo + 24).and(U);
LongVector b7 = LongVector.fromArray(S, b, bo + 28).and(U);
LongVector b8 = LongVector.fromArray(S, b, bo + 32).and(U);
LongVector q1 = LongVector.broadcast(S, Q[1]).and(U);
LongVector q2 = LongVector.broadcast(S, Q[2]).and(U);
LongVector q3 = LongVector.broadcast(S, Q[3]).and(U);
LongVector q4 = LongVector.broadcast(S, Q[4]).and(U);
LongVector q5 = LongVector.broadcast(S, Q[5]).and(U);
LongVector q6 = LongVector.broadcast(S, Q[6]).and(U);
LongVector q7 = LongVector.broadcast(S, Q[7]).and(U);
LongVector q8 = LongVector.broadcast(S, Q[8]).and(U);
LongVector t0 = LongVector.zero(S);
LongVector t1 = LongVector.zero(S);
LongVector t2 = LongVector.zero(S);
LongVector t3 = LongVector.zero(S);
LongVector t4 = LongVector.zero(S);
LongVector t5 = LongVector.zero(S);
LongVector t6 = LongVector.zero(S);
LongVector t7 = LongVector.zero(S);
LongVector t8 = LongVector.zero(S);
for (int i = 0; i < 36; i += 4) {
LongVector x = LongVector.fromArray(S, a, ao + i).and(U);
t0 = t0.add(x.mul(b0));
t1 = t1.add(x.mul(b1));
t2 = t2.add(x.mul(b2));
t3 = t3.add(x.mul(b3));
t4 = t4.add(x.mul(b4));
t5 = t5.add(x.mul(b5));
t6 = t6.add(x.mul(b6));
t7 = t7.add(x.mul(b7));
t8 = x.mul(b8);
LongVector m = LongVector.zero(S).sub(t0).and(M);
LongVector c = t0.add(m).lanewise(VectorOperators.LSHR, 29);
t0 = t1.add(m.mul(q1)).add(c);
t1 = t2.add(m.mul(q2));
t2 = t3.add(m.mul(q3));
t3 = t4.add(m.mul(q4));
t4 = t5.add(m.mul(q5));
t5 = t6.add(m.mul(q6));
t6 = t7.add(m.mul(q7));
t7 = t8.add(m.mul(q8));
}
t8 = LongVector.zero(S);
LongVector c = LongVector.zero(S);
t0 = t0.add(c);
c = t0.lanewise(VectorOperators.LSHR, 29);
t0 = t0.and(M);
t0.intoArray(z, zo);
t1 = t1.add(c);
c = t1.lanewise(VectorOperators.LSHR, 29);
t1 = t1.and(M);
t1.intoArray(z, zo + 4);
t2 = t2.add(c);
c = t2.lanewise(VectorOperators.LSHR, 29);
t2 = t2.and(M);
t2.intoArray(z, zo + 8);
t3 = t3.add(c);
c = t3.lanewise(VectorOperators.LSHR, 29);
t3 = t3.and(M);
t3.intoArray(z, zo + 12);
t4 = t4.add(c);
c = t4.lanewise(VectorOperators.LSHR, 29);
t4 = t4.and(M);
t4.intoArray(z, zo + 16);
t5 = t5.add(c);
c = t5.lanewise(VectorOperators.LSHR, 29);
t5 = t5.and(M);
t5.intoArray(z, zo + 20);
t6 = t6.add(c);
c = t6.lanewise(VectorOperators.LSHR, 29);
t6 = t6.and(M);
t6.intoArray(z, zo + 24);
t7 = t7.add(c);
c = t7.lanewise(VectorOperators.LSHR, 29);
t7 = t7.and(M);
t7.intoArray(z, zo + 28);
t8 = t8.add(c);
t8.intoArray(z, zo + 32);
    }

    @Override
    public void lookUp(long[] table, int[] numbers, int from, int shift, int mask, long[] words, int blocks) {
        for (int k = 0; k < blocks; k++) {
            int e = from + k * 4;
            int to = k * 16;
            int entry;
            entry = (numbers[e + 0] >>> shift & mask) * 4;
            words[to + 0] = table[entry + 0];
            words[to + 4] = table[entry + 1];
            words[to + 8] = table[entry + 2];
            words[to + 12] = table[entry + 3];
            entry = (numbers[e + 1] >>> shift & mask) * 4;
            words[to + 1] = table[entry + 0];
            words[to + 5] = table[entry + 1];
            words[to + 9] = table[entry + 2];
            words[to + 13] = table[entry + 3];
            entry = (numbers[e + 2] >>> shift & mask) * 4;
            words[to + 2] = table[entry + 0];
            words[to + 6] = table[entry + 1];
            words[to + 10] = table[entry + 2];
            words[to + 14] = table[entry + 3];
            entry = (numbers[e + 3] >>> shift & mask) * 4;
            words[to + 3] = table[entry + 0];
            words[to + 7] = table[entry + 1];
            words[to + 11] = table[entry + 2];
            words[to + 15] = table[entry + 3];
        }
    }

    @Override
    public void multiplyWords(long[] a, int ao, long[] words, int wo, int blocks) {
        for (int k = 0; k < blocks; k++) {
            multiplyWords(a, ao + k * 36, words, wo + k * 16);
        }
    }

    private static void multiplyWords(long[] a, int ao, long[] words, int wo) {
LongVector w0 = LongVector.fromArray(S, words, wo);
LongVector w1 = LongVector.fromArray(S, words, wo + 4);
LongVector w2 = LongVector.fromArray(S, words, wo + 8);
LongVector w3 = LongVector.fromArray(S, words, wo + 12);
LongVector b0 = w0.and(M).and(U);
LongVector b1 = w0.lanewise(VectorOperators.LSHR, 29).and(M).and(U);
LongVector b2 = w0.lanewise(VectorOperators.LSHR, 58).or(w1.lanewise(VectorOperators.LSHL, 6)).and(M).and(U);
LongVector b3 = w1.lanewise(VectorOperators.LSHR, 23).and(M).and(U);
LongVector b4 = w1.lanewise(VectorOperators.LSHR, 52).or(w2.lanewise(VectorOperators.LSHL, 12)).and(M).and(U);
LongVector b5 = w2.lanewise(VectorOperators.LSHR, 17).and(M).and(U);
LongVector b6 = w2.lanewise(VectorOperators.LSHR, 46).or(w3.lanewise(VectorOperators.LSHL, 18)).and(M).and(U);
LongVector b7 = w3.lanewise(VectorOperators.LSHR, 11).and(M).and(U);
LongVector b8 = w3.lanewise(VectorOperators.LSHR, 40).and(U);
LongVector q1 = LongVector.broadcast(S, Q[1]).and(U);
LongVector q2 = LongVector.broadcast(S, Q[2]).and(U);
LongVector q3 = LongVector.broadcast(S, Q[3]).and(U);
LongVector q4 = LongVector.broadcast(S, Q[4]).and(U);
LongVector q5 = LongVector.broadcast(S, Q[5]).and(U);
LongVector q6 = LongVector.broadcast(S, Q[6]).and(U);
LongVector q7 = LongVector.broadcast(S, Q[7]).and(U);
LongVector q8 = LongVector.broadcast(S, Q[8]).and(U);
LongVector t0 = LongVector.zero(S);
LongVector t1 = LongVector.zero(S);
LongVector t2 = LongVector.zero(S);
LongVector t3 = LongVector.zero(S);
LongVector t4 = LongVector.zero(S);
LongVector t5 = LongVector.zero(S);
LongVector t6 = LongVector.zero(S);
LongVector t7 = LongVector.zero(S);
LongVector t8 = LongVector.zero(S);
for (int i = 0; i < 36; i += 4) {
LongVector x = LongVector.fromArray(S, a, ao + i).and(U);
t0 = t0.add(x.mul(b0));
t1 = t1.add(x.mul(b1));
t2 = t2.add(x.mul(b2));
t3 = t3.add(x.mul(b3));
t4 = t4.add(x.mul(b4));
t5 = t5.add(x.mul(b5));
t6 = t6.add(x.mul(b6));
t7 = t7.add(x.mul(b7));
t8 = x.mul(b8);
LongVector m = LongVector.zero(S).sub(t0).and(M);
LongVector c = t0.add(m).lanewise(VectorOperators.LSHR, 29);
t0 = t1.add(m.mul(q1)).add(c);
t1 = t2.add(m.mul(q2));
t2 = t3.add(m.mul(q3));
t3 = t4.add(m.mul(q4));
t4 = t5.add(m.mul(q5));
t5 = t6.add(m.mul(q6));
t6 = t7.add(m.mul(q7));
t7 = t8.add(m.mul(q8));
}
t8 = LongVector.zero(S);
LongVector c = LongVector.zero(S);
t0 = t0.add(c);
c = t0.lanewise(VectorOperators.LSHR, 29);
t0 = t0.and(M);
t0.intoArray(a, ao);
t1 = t1.add(c);
c = t1.lanewise(VectorOperators.LSHR, 29);
t1 = t1.and(M);
t1.intoArray(a, ao + 4);
t2 = t2.add(c);
c = t2.lanewise(VectorOperators.LSHR, 29);
t2 = t2.and(M);
t2.intoArray(a, ao + 8);
t3 = t3.add(c);
c = t3.lanewise(VectorOperators.LSHR, 29);
t3 = t3.and(M);
t3.intoArray(a, ao + 12);
t4 = t4.add(c);
c = t4.lanewise(VectorOperators.LSHR, 29);
t4 = t4.and(M);
t4.intoArray(a, ao + 16);
t5 = t5.add(c);
c = t5.lanewise(VectorOperators.LSHR, 29);
t5 = t5.and(M);
t5.intoArray(a, ao + 20);
t6 = t6.add(c);
c = t6.lanewise(VectorOperators.LSHR, 29);
t6 = t6.and(M);
t6.intoArray(a, ao + 24);
t7 = t7.add(c);
c = t7.lanewise(VectorOperators.LSHR, 29);
t7 = t7.and(M);
t7.intoArray(a, ao + 28);
t8 = t8.add(c);
t8.intoArray(a, ao + 32);
    }

    @Override
    public void scaleEach(long[] a, int ao, long[] constants, int co, int step, int blocks) {
        for (int k = 0; k < blocks; k++) {
            scale(a, ao + k * 36, constants, co + k * step);
        }
    }

    private static void scale(long[] a, int ao, long[] w, int wo) {
LongVector b0 = LongVector.broadcast(S, w[wo]).and(U);
LongVector b1 = LongVector.broadcast(S, w[wo + 1]).and(U);
LongVector b2 = LongVector.broadcast(S, w[wo + 2]).and(U);
LongVector b3 = LongVector.broadcast(S, w[wo + 3]).and(U);
LongVector b4 = LongVector.broadcast(S, w[wo + 4]).and(U);
LongVector b5 = LongVector.broadcast(S, w[wo + 5]).and(U);
LongVector b6 = LongVector.broadcast(S, w[wo + 6]).and(U);
LongVector b7 = LongVector.broadcast(S, w[wo + 7]).and(U);
LongVector b8 = LongVector.broadcast(S, w[wo + 8]).and(U);
LongVector q1 = LongVector.broadcast(S, Q[1]).and(U);
LongVector q2 = LongVector.broadcast(S, Q[2]).and(U);
LongVector q3 = LongVector.broadcast(S, Q[3]).and(U);
LongVector q4 = LongVector.broadcast(S, Q[4]).and(U);
LongVector q5 = LongVector.broadcast(S, Q[5]).and(U);
LongVector q6 = LongVector.broadcast(S, Q[6]).and(U);
LongVector q7 = LongVector.broadcast(S, Q[7]).and(U);
LongVector q8 = LongVector.broadcast(S, Q[8]).and(U);
LongVector t0 = LongVector.zero(S);
LongVector t1 = LongVector.zero(S);
LongVector t2 = LongVector.zero(S);
LongVector t3 = LongVector.zero(S);
LongVector t4 = LongVector.zero(S);
LongVector t5 = LongVector.zero(S);
LongVector t6 = LongVector.zero(S);
LongVector t7 = LongVector.zero(S);
LongVector t8 = LongVector.zero(S);
for (int i = 0; i < 36; i += 4) {
LongVector x = LongVector.fromArray(S, a, ao + i).and(U);
t0 = t0.add(x.mul(b0));
t1 = t1.add(x.mul(b1));
t2 = t2.add(x.mul(b2));
t3 = t3.add(x.mul(b3));
t4 = t4.add(x.mul(b4));
t5 = t5.add(x.mul(b5));
t6 = t6.add(x.mul(b6));
t7 = t7.add(x.mul(b7));
t8 = x.mul(b8);
LongVector m = LongVector.zero(S).sub(t0).and(M);
LongVector c = t0.add(m).lanewise(VectorOperators.LSHR, 29);
t0 = t1.add(m.mul(q1)).add(c);
t1 = t2.add(m.mul(q2));
t2 = t3.add(m.mul(q3));
t3 = t4.add(m.mul(q4));
t4 = t5.add(m.mul(q5));
t5 = t6.add(m.mul(q6));
t6 = t7.add(m.mul(q7));
t7 = t8.add(m.mul(q8));
}
t8 = LongVector.zero(S);
LongVector c = LongVector.zero(S);
t0 = t0.add(c);
c = t0.lanewise(VectorOperators.LSHR, 29);
t0 = t0.and(M);
t0.intoArray(a, ao);
t1 = t1.add(c);
c = t1.lanewise(VectorOperators.LSHR, 29);
t1 = t1.and(M);
t1.intoArray(a, ao + 4);
t2 = t2.add(c);
c = t2.lanewise(VectorOperators.LSHR, 29);
t2 = t2.and(M);
t2.intoArray(a, ao + 8);
t3 = t3.add(c);
c = t3.lanewise(VectorOperators.LSHR, 29);
t3 = t3.and(M);
t3.intoArray(a, ao + 12);
t4 = t4.add(c);
c = t4.lanewise(VectorOperators.LSHR, 29);
t4 = t4.and(M);
t4.intoArray(a, ao + 16);
t5 = t5.add(c);
c = t5.lanewise(VectorOperators.LSHR, 29);
t5 = t5.and(M);
t5.intoArray(a, ao + 20);
t6 = t6.add(c);
c = t6.lanewise(VectorOperators.LSHR, 29);
t6 = t6.and(M);
t6.intoArray(a, ao + 24);
t7 = t7.add(c);
c = t7.lanewise(VectorOperators.LSHR, 29);
t7 = t7.and(M);
t7.intoArray(a, ao + 28);
t8 = t8.add(c);
t8.intoArray(a, ao + 32);
    }

    @Override
    public void reduce(long[] a, int offset, int blocks) {
        for (int k = 0; k < blocks; k++) {
            reduce(a, offset + k * 36);
        }
    }

    /** Carries, estimates the quotient from the ninth limb (at most one too small) and subtracts so many times r. */
    private static void reduce(long[] a, int o) {
LongVector c = LongVector.zero(S);
LongVector t0 = LongVector.fromArray(S, a, o);
t0 = t0.add(c);
c = t0.lanewise(VectorOperators.LSHR, 29);
t0 = t0.and(M);
LongVector t1 = LongVector.fromArray(S, a, o + 4);
t1 = t1.add(c);
c = t1.lanewise(VectorOperators.LSHR, 29);
t1 = t1.and(M);
LongVector t2 = LongVector.fromArray(S, a, o + 8);
t2 = t2.add(c);
c = t2.lanewise(VectorOperators.LSHR, 29);
t2 = t2.and(M);
LongVector t3 = LongVector.fromArray(S, a, o + 12);
t3 = t3.add(c);
c = t3.lanewise(VectorOperators.LSHR, 29);
t3 = t3.and(M);
LongVector t4 = LongVector.fromArray(S, a, o + 16);
t4 = t4.add(c);
c = t4.lanewise(VectorOperators.LSHR, 29);
t4 = t4.and(M);
LongVector t5 = LongVector.fromArray(S, a, o + 20);
t5 = t5.add(c);
c = t5.lanewise(VectorOperators.LSHR, 29);
t5 = t5.and(M);
LongVector t6 = LongVector.fromArray(S, a, o + 24);
t6 = t6.add(c);
c = t6.lanewise(VectorOperators.LSHR, 29);
t6 = t6.and(M);
LongVector t7 = LongVector.fromArray(S, a, o + 28);
t7 = t7.add(c);
c = t7.lanewise(VectorOperators.LSHR, 29);
t7 = t7.and(M);
LongVector t8 = LongVector.fromArray(S, a, o + 32);
t8 = t8.add(c);
LongVector m = t8.and(U).mul(LongVector.broadcast(S, QUOTIENT).and(U)).lanewise(VectorOperators.LSHR, 52).and(U);
c = LongVector.zero(S);
t0 = t0.sub(m.mul(LongVector.broadcast(S, Q[0]).and(U))).add(c);
c = t0.lanewise(VectorOperators.ASHR, 29);
t0 = t0.and(M);
t0.intoArray(a, o);
t1 = t1.sub(m.mul(LongVector.broadcast(S, Q[1]).and(U))).add(c);
c = t1.lanewise(VectorOperators.ASHR, 29);
t1 = t1.and(M);
t1.intoArray(a, o + 4);
t2 = t2.sub(m.mul(LongVector.broadcast(S, Q[2]).and(U))).add(c);
c = t2.lanewise(VectorOperators.ASHR, 29);
t2 = t2.and(M);
t2.intoArray(a, o + 8);
t3 = t3.sub(m.mul(LongVector.broadcast(S, Q[3]).and(U))).add(c);
c = t3.lanewise(VectorOperators.ASHR, 29);
t3 = t3.and(M);
t3.intoArray(a, o + 12);
t4 = t4.sub(m.mul(LongVector.broadcast(S, Q[4]).and(U))).add(c);
c = t4.lanewise(VectorOperators.ASHR, 29);
t4 = t4.and(M);
t4.intoArray(a, o + 16);
t5 = t5.sub(m.mul(LongVector.broadcast(S, Q[5]).and(U))).add(c);
c = t5.lanewise(VectorOperators.ASHR, 29);
t5 = t5.and(M);
t5.intoArray(a, o + 20);
t6 = t6.sub(m.mul(LongVector.broadcast(S, Q[6]).and(U))).add(c);
c = t6.lanewise(VectorOperators.ASHR, 29);
t6 = t6.and(M);
t6.intoArray(a, o + 24);
t7 = t7.sub(m.mul(LongVector.broadcast(S, Q[7]).and(U))).add(c);
c = t7.lanewise(VectorOperators.ASHR, 29);
t7 = t7.and(M);
t7.intoArray(a, o + 28);
t8 = t8.sub(m.mul(LongVector.broadcast(S, Q[8]).and(U))).add(c);
t8.intoArray(a, o + 32);
    }

    @Override
    public void turn(long[] in, int from, long[] out, int to) {
        for (int limb = 0; limb < 36; limb += 4) {
LongVector row0 = LongVector.fromArray(S, in, from + limb + 0);
LongVector row1 = LongVector.fromArray(S, in, from + limb + 36);
LongVector row2 = LongVector.fromArray(S, in, from + limb + 72);
LongVector row3 = LongVector.fromArray(S, in, from + limb + 108);
LongVector s0 = row0.blend(row2.rearrange(SWAP2), UPPER2);
LongVector s1 = row0.rearrange(SWAP2).blend(row2, UPPER2);
LongVector s2 = row1.blend(row3.rearrange(SWAP2), UPPER2);
LongVector s3 = row1.rearrange(SWAP2).blend(row3, UPPER2);
LongVector s4 = s0.blend(s2.rearrange(SWAP1), UPPER1);
LongVector s5 = s0.rearrange(SWAP1).blend(s2, UPPER1);
LongVector s6 = s1.blend(s3.rearrange(SWAP1), UPPER1);
LongVector s7 = s1.rearrange(SWAP1).blend(s3, UPPER1);
s4.intoArray(out, to + limb + 0);
s5.intoArray(out, to + limb + 36);
s6.intoArray(out, to + limb + 72);
s7.intoArray(out, to + limb + 108);
        }
    }

    @Override
    public boolean unpack(long[] words, int from, int[] places, long[] a, int o) {
LongVector row0 = LongVector.fromArray(SCALAR, words, places[0] + from);
LongVector row1 = LongVector.fromArray(SCALAR, words, places[1] + from);
LongVector row2 = LongVector.fromArray(SCALAR, words, places[2] + from);
LongVector row3 = LongVector.fromArray(SCALAR, words, places[3] + from);
LongVector s0 = row0.blend(row2.rearrange(SWAP2), UPPER2);
LongVector s1 = row0.rearrange(SWAP2).blend(row2, UPPER2);
LongVector s2 = row1.blend(row3.rearrange(SWAP2), UPPER2);
LongVector s3 = row1.rearrange(SWAP2).blend(row3, UPPER2);
LongVector s4 = s0.blend(s2.rearrange(SWAP1), UPPER1);
LongVector s5 = s0.rearrange(SWAP1).blend(s2, UPPER1);
LongVector s6 = s1.blend(s3.rearrange(SWAP1), UPPER1);
LongVector s7 = s1.rearrange(SWAP1).blend(s3, UPPER1);
LongVector w0 = s7;
LongVector w1 = s6;
LongVector w2 = s5;
LongVector w3 = s4;
w0.and(M).intoArray(a, o);
w0.lanewise(VectorOperators.LSHR, 29).and(M).intoArray(a, o + 4);
w0.lanewise(VectorOperators.LSHR, 58).or(w1.lanewise(VectorOperators.LSHL, 6)).and(M).intoArray(a, o + 8);
w1.lanewise(VectorOperators.LSHR, 23).and(M).intoArray(a, o + 12);
w1.lanewise(VectorOperators.LSHR, 52).or(w2.lanewise(VectorOperators.LSHL, 12)).and(M).intoArray(a, o + 16);
w2.lanewise(VectorOperators.LSHR, 17).and(M).intoArray(a, o + 20);
w2.lanewise(VectorOperators.LSHR, 46).or(w3.lanewise(VectorOperators.LSHL, 18)).and(M).intoArray(a, o + 24);
w3.lanewise(VectorOperators.LSHR, 11).and(M).intoArray(a, o + 28);
w3.lanewise(VectorOperators.LSHR, 40).intoArray(a, o + 32);
        return w3.compare(VectorOperators.ULT, 8353516859464449352L).allTrue();
    }

    @Override
    public void pack(long[] a, int o, long[] words, int to, int[] places) {
reduce(a, o);
LongVector c = LongVector.zero(S);
LongVector t0 = LongVector.fromArray(S, a, o);
LongVector s0 = t0.sub(LongVector.broadcast(S, Q[0])).add(c);
c = s0.lanewise(VectorOperators.ASHR, 29);
s0 = s0.and(M);
LongVector t1 = LongVector.fromArray(S, a, o + 4);
LongVector s1 = t1.sub(LongVector.broadcast(S, Q[1])).add(c);
c = s1.lanewise(VectorOperators.ASHR, 29);
s1 = s1.and(M);
LongVector t2 = LongVector.fromArray(S, a, o + 8);
LongVector s2 = t2.sub(LongVector.broadcast(S, Q[2])).add(c);
c = s2.lanewise(VectorOperators.ASHR, 29);
s2 = s2.and(M);
LongVector t3 = LongVector.fromArray(S, a, o + 12);
LongVector s3 = t3.sub(LongVector.broadcast(S, Q[3])).add(c);
c = s3.lanewise(VectorOperators.ASHR, 29);
s3 = s3.and(M);
LongVector t4 = LongVector.fromArray(S, a, o + 16);
LongVector s4 = t4.sub(LongVector.broadcast(S, Q[4])).add(c);
c = s4.lanewise(VectorOperators.ASHR, 29);
s4 = s4.and(M);
LongVector t5 = LongVector.fromArray(S, a, o + 20);
LongVector s5 = t5.sub(LongVector.broadcast(S, Q[5])).add(c);
c = s5.lanewise(VectorOperators.ASHR, 29);
s5 = s5.and(M);
LongVector t6 = LongVector.fromArray(S, a, o + 24);
LongVector s6 = t6.sub(LongVector.broadcast(S, Q[6])).add(c);
c = s6.lanewise(VectorOperators.ASHR, 29);
s6 = s6.and(M);
LongVector t7 = LongVector.fromArray(S, a, o + 28);
LongVector s7 = t7.sub(LongVector.broadcast(S, Q[7])).add(c);
c = s7.lanewise(VectorOperators.ASHR, 29);
s7 = s7.and(M);
LongVector t8 = LongVector.fromArray(S, a, o + 32);
LongVector s8 = t8.sub(LongVector.broadcast(S, Q[8])).add(c);
LongVector keep = s8.lanewise(VectorOperators.ASHR, 63);
t0 = t0.and(keep).or(s0.lanewise(VectorOperators.AND_NOT, keep));
t1 = t1.and(keep).or(s1.lanewise(VectorOperators.AND_NOT, keep));
t2 = t2.and(keep).or(s2.lanewise(VectorOperators.AND_NOT, keep));
t3 = t3.and(keep).or(s3.lanewise(VectorOperators.AND_NOT, keep));
t4 = t4.and(keep).or(s4.lanewise(VectorOperators.AND_NOT, keep));
t5 = t5.and(keep).or(s5.lanewise(VectorOperators.AND_NOT, keep));
t6 = t6.and(keep).or(s6.lanewise(VectorOperators.AND_NOT, keep));
t7 = t7.and(keep).or(s7.lanewise(VectorOperators.AND_NOT, keep));
t8 = t8.and(keep).or(s8.lanewise(VectorOperators.AND_NOT, keep));
LongVector w0 = t0.or(t1.lanewise(VectorOperators.LSHL, 29)).or(t2.lanewise(VectorOperators.LSHL, 58));
LongVector w1 = t2.lanewise(VectorOperators.LSHR, 6).or(t3.lanewise(VectorOperators.LSHL, 23)).or(t4.lanewise(VectorOperators.LSHL, 52));
LongVector w2 = t4.lanewise(VectorOperators.LSHR, 12).or(t5.lanewise(VectorOperators.LSHL, 17)).or(t6.lanewise(VectorOperators.LSHL, 46));
LongVector w3 = t6.lanewise(VectorOperators.LSHR, 18).or(t7.lanewise(VectorOperators.LSHL, 11)).or(t8.lanewise(VectorOperators.LSHL, 40));
LongVector r0 = w3.blend(w1.rearrange(SWAP2), UPPER2);
LongVector r1 = w3.rearrange(SWAP2).blend(w1, UPPER2);
LongVector r2 = w2.blend(w0.rearrange(SWAP2), UPPER2);
LongVector r3 = w2.rearrange(SWAP2).blend(w0, UPPER2);
LongVector r4 = r0.blend(r2.rearrange(SWAP1), UPPER1);
LongVector r5 = r0.rearrange(SWAP1).blend(r2, UPPER1);
LongVector r6 = r1.blend(r3.rearrange(SWAP1), UPPER1);
LongVector r7 = r1.rearrange(SWAP1).blend(r3, UPPER1);
r4.intoArray(words, places[0] + to);
r5.intoArray(words, places[1] + to);
r6.intoArray(words, places[2] + to);
r7.intoArray(words, places[3] + to);
    }
}
