package network.autonomys.farmer.core.field.generated;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import network.autonomys.farmer.core.field.ResidueKernel;

/** Convolution modulo a small prime, 4 elements at a time; written by ResidueGenerator. */
public final class ResidueKernel4 extends ResidueKernel {
    private static final VectorSpecies<Long> S = LongVector.SPECIES_256;
    private static final long U = 0xffffffffL;

    @Override
    public int lanes() {
        return 4;
    }

    @Override
    public void toReversed(long[] a, int logSize, long[] roots, long prime, long inverse) {
LongVector p = LongVector.broadcast(S, prime).and(U);
LongVector n = LongVector.broadcast(S, inverse).and(U);
LongVector pad = LongVector.broadcast(S, 2 * prime);
int size = 4 << logSize;
if (logSize % 2 == 1) {
for (int k = 0; k < size / 2; k += 4) {
LongVector x = LongVector.fromArray(S, a, k);
LongVector y = LongVector.fromArray(S, a, k + size / 2);
x.add(y).intoArray(a, k);
x.add(pad).sub(y).intoArray(a, k + size / 2);
}
}
for (int quarter = size >> (2 + logSize % 2); quarter >= 4; quarter /= 4) {
for (int node = 0; node < size / 4 / quarter; node++) {
LongVector w = LongVector.broadcast(S, roots[node]).and(U);
LongVector w0 = LongVector.broadcast(S, roots[2 * node]).and(U);
LongVector w1 = LongVector.broadcast(S, roots[2 * node + 1]).and(U);
int from = 4 * quarter * node;
for (int k = from; k < from + quarter; k += 4) {
LongVector x0 = LongVector.fromArray(S, a, k);
LongVector x1 = LongVector.fromArray(S, a, k + quarter);
LongVector x2 = LongVector.fromArray(S, a, k + 2 * quarter);
LongVector x3 = LongVector.fromArray(S, a, k + 3 * quarter);
LongVector t2 = x2.and(U).mul(w);
t2 = t2.add(t2.and(U).mul(n).and(U).mul(p)).lanewise(VectorOperators.LSHR, 32);
LongVector t3 = x3.and(U).mul(w);
t3 = t3.add(t3.and(U).mul(n).and(U).mul(p)).lanewise(VectorOperators.LSHR, 32);
x2 = x0.add(pad).sub(t2);
x0 = x0.add(t2);
x3 = x1.add(pad).sub(t3);
x1 = x1.add(t3);
LongVector s1 = x1.and(U).mul(w0);
s1 = s1.add(s1.and(U).mul(n).and(U).mul(p)).lanewise(VectorOperators.LSHR, 32);
LongVector s3 = x3.and(U).mul(w1);
s3 = s3.add(s3.and(U).mul(n).and(U).mul(p)).lanewise(VectorOperators.LSHR, 32);
x0.add(s1).intoArray(a, k);
x0.add(pad).sub(s1).intoArray(a, k + quarter);
x2.add(s3).intoArray(a, k + 2 * quarter);
x2.add(pad).sub(s3).intoArray(a, k + 3 * quarter);
}
}
}
    }

    @Override
    public void fromReversed(long[] a, int logSize, long[] powers, long prime, long inverse) {
LongVector p = LongVector.broadcast(S, prime).and(U);
LongVector n = LongVector.broadcast(S, inverse).and(U);
LongVector pad = LongVector.broadcast(S, 2 * prime);
int size = 4 << logSize;
if (logSize % 2 == 1) {
for (int k = 0; k < size; k += 8) {
LongVector x = LongVector.fromArray(S, a, k);
LongVector y = LongVector.fromArray(S, a, k + 4);
x.add(y).intoArray(a, k);
x.add(pad).sub(y).intoArray(a, k + 4);
}
}
for (int quarter = 4 << (logSize % 2); quarter < size; quarter *= 4) {
int step = size / 4 / quarter;
for (int from = 0; from < size; from += 4 * quarter) {
int power = 0;
for (int k = from; k < from + quarter; k += 4) {
LongVector w = LongVector.broadcast(S, powers[2 * power]).and(U);
LongVector w0 = LongVector.broadcast(S, powers[power]).and(U);
LongVector w1 = LongVector.broadcast(S, powers[power + (1 << (logSize - 2))]).and(U);
power += step;
LongVector x0 = LongVector.fromArray(S, a, k);
LongVector x1 = LongVector.fromArray(S, a, k + quarter);
LongVector x2 = LongVector.fromArray(S, a, k + 2 * quarter);
LongVector x3 = LongVector.fromArray(S, a, k + 3 * quarter);
LongVector t1 = x1.and(U).mul(w);
t1 = t1.add(t1.and(U).mul(n).and(U).mul(p)).lanewise(VectorOperators.LSHR, 32);
LongVector t3 = x3.and(U).mul(w);
t3 = t3.add(t3.and(U).mul(n).and(U).mul(p)).lanewise(VectorOperators.LSHR, 32);
x1 = x0.add(pad).sub(t1);
x0 = x0.add(t1);
x3 = x2.add(pad).sub(t3);
x2 = x2.add(t3);
LongVector s2 = x2.and(U).mul(w0);
s2 = s2.add(s2.and(U).mul(n).and(U).mul(p)).lanewise(VectorOperators.LSHR, 32);
LongVector s3 = x3.and(U).mul(w1);
s3 = s3.add(s3.and(U).mul(n).and(U).mul(p)).lanewise(VectorOperators.LSHR, 32);
x0.add(s2).intoArray(a, k);
x0.add(pad).sub(s2).intoArray(a, k + 2 * quarter);
x1.add(s3).intoArray(a, k + quarter);
x1.add(pad).sub(s3).intoArray(a, k + 3 * quarter);
}
}
}
    }

    @Override
    public void multiply(long[] a, int blocks, long[] factors, long prime, long inverse, long unit) {
LongVector p = LongVector.broadcast(S, prime).and(U);
LongVector n = LongVector.broadcast(S, inverse).and(U);
LongVector one = LongVector.broadcast(S, unit).and(U);
for (int k = 0; k < 4 * blocks; k += 4) {
LongVector x = LongVector.fromArray(S, a, k);
LongVector t = x.and(U).mul(one);
t = t.add(t.and(U).mul(n).and(U).mul(p)).lanewise(VectorOperators.LSHR, 32);
t.intoArray(a, k);
LongVector s = LongVector.broadcast(S, a[k]).and(U).mul(LongVector.fromArray(S, factors, 2 * k + 4).and(U));
s = s.add(LongVector.broadcast(S, a[k + 1]).and(U).mul(LongVector.fromArray(S, factors, 2 * k + 3).and(U)));
s = s.add(LongVector.broadcast(S, a[k + 2]).and(U).mul(LongVector.fromArray(S, factors, 2 * k + 2).and(U)));
s = s.add(LongVector.broadcast(S, a[k + 3]).and(U).mul(LongVector.fromArray(S, factors, 2 * k + 1).and(U)));
s = s.add(s.and(U).mul(n).and(U).mul(p)).lanewise(VectorOperators.LSHR, 32);
s.intoArray(a, k);
}
    }

    @Override
    public void finish(long[] a, int blocks, long prime, long inverse, long unit, long share, long[] sums) {
LongVector p = LongVector.broadcast(S, prime).and(U);
LongVector n = LongVector.broadcast(S, inverse).and(U);
LongVector one = LongVector.broadcast(S, unit).and(U);
LongVector part = LongVector.broadcast(S, share).and(U);
for (int k = 0; k < 4 * blocks; k += 4) {
LongVector x = LongVector.fromArray(S, a, k);
LongVector t = x.and(U).mul(one);
t = t.add(t.and(U).mul(n).and(U).mul(p)).lanewise(VectorOperators.LSHR, 32);
t = t.sub(p);
t = t.add(p.and(t.lanewise(VectorOperators.ASHR, 63)));
t.intoArray(a, k);
LongVector.fromArray(S, sums, k).add(t.and(U).mul(part)).intoArray(sums, k);
}
    }
}
