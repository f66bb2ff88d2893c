package network.autonomys.farmer.core.field.generated;

import network.autonomys.farmer.core.field.ResidueKernel;

/** Convolution modulo a small prime, 1 element at a time; written by ResidueGenerator. */
public final class ResidueKernel1 extends ResidueKernel {
    private static final long U = 0xffffffffL;

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public void toReversed(long[] a, int logSize, long[] roots, long prime, long inverse) {
long p = (prime & U);
long n = (inverse & U);
long pad = 2 * prime;
int size = 1 << logSize;
if (logSize % 2 == 1) {
for (int k = 0; k < size / 2; k += 1) {
long x = a[k];
long y = a[k + size / 2];
a[k] = (x + y);
a[k + size / 2] = ((x + pad) - y);
}
}
for (int quarter = size >> (2 + logSize % 2); quarter >= 1; quarter /= 4) {
for (int node = 0; node < size / 4 / quarter; node++) {
long w = (roots[node] & U);
long w0 = (roots[2 * node] & U);
long w1 = (roots[2 * node + 1] & U);
int from = 4 * quarter * node;
for (int k = from; k < from + quarter; k += 1) {
long x0 = a[k];
long x1 = a[k + quarter];
long x2 = a[k + 2 * quarter];
long x3 = a[k + 3 * quarter];
long t2 = (x2 * w);
t2 = ((t2 + (((t2 * n) & U) * p)) >>> 32);
long t3 = (x3 * w);
t3 = ((t3 + (((t3 * n) & U) * p)) >>> 32);
x2 = ((x0 + pad) - t2);
x0 = (x0 + t2);
x3 = ((x1 + pad) - t3);
x1 = (x1 + t3);
long s1 = (x1 * w0);
s1 = ((s1 + (((s1 * n) & U) * p)) >>> 32);
long s3 = (x3 * w1);
s3 = ((s3 + (((s3 * n) & U) * p)) >>> 32);
a[k] = (x0 + s1);
a[k + quarter] = ((x0 + pad) - s1);
a[k + 2 * quarter] = (x2 + s3);
a[k + 3 * quarter] = ((x2 + pad) - s3);
}
}
}
    }

    @Override
    public void fromReversed(long[] a, int logSize, long[] powers, long prime, long inverse) {
long p = (prime & U);
long n = (inverse & U);
long pad = 2 * prime;
int size = 1 << logSize;
if (logSize % 2 == 1) {
for (int k = 0; k < size; k += 2) {
long x = a[k];
long y = a[k + 1];
a[k] = (x + y);
a[k + 1] = ((x + pad) - y);
}
}
for (int quarter = 1 << (logSize % 2); quarter < size; quarter *= 4) {
int step = size / 4 / quarter;
for (int from = 0; from < size; from += 4 * quarter) {
int power = 0;
for (int k = from; k < from + quarter; k += 1) {
long w = (powers[2 * power] & U);
long w0 = (powers[power] & U);
long w1 = (powers[power + (1 << (logSize - 2))] & U);
power += step;
long x0 = a[k];
long x1 = a[k + quarter];
long x2 = a[k + 2 * quarter];
long x3 = a[k + 3 * quarter];
long t1 = (x1 * w);
t1 = ((t1 + (((t1 * n) & U) * p)) >>> 32);
long t3 = (x3 * w);
t3 = ((t3 + (((t3 * n) & U) * p)) >>> 32);
x1 = ((x0 + pad) - t1);
x0 = (x0 + t1);
x3 = ((x2 + pad) - t3);
x2 = (x2 + t3);
long s2 = (x2 * w0);
s2 = ((s2 + (((s2 * n) & U) * p)) >>> 32);
long s3 = (x3 * w1);
s3 = ((s3 + (((s3 * n) & U) * p)) >>> 32);
a[k] = (x0 + s2);
a[k + 2 * quarter] = ((x0 + pad) - s2);
a[k + quarter] = (x1 + s3);
a[k + 3 * quarter] = ((x1 + pad) - s3);
}
}
}
    }

    @Override
    public void multiply(long[] a, int blocks, long[] factors, long prime, long inverse, long unit) {
long p = (prime & U);
long n = (inverse & U);
long one = (unit & U);
for (int k = 0; k < 1 * blocks; k += 1) {
long x = a[k];
long t = (x * one);
t = ((t + (((t * n) & U) * p)) >>> 32);
a[k] = t;
long s = ((a[k] & U) * (factors[2 * k + 1] & U));
s = ((s + (((s * n) & U) * p)) >>> 32);
a[k] = s;
}
    }

    @Override
    public void finish(long[] a, int blocks, long prime, long inverse, long unit, long share, long[] sums) {
long p = (prime & U);
long n = (inverse & U);
long one = (unit & U);
long part = (share & U);
for (int k = 0; k < 1 * blocks; k += 1) {
long x = a[k];
long t = (x * one);
t = ((t + (((t * n) & U) * p)) >>> 32);
t = (t - p);
t = (t + (p & (t >> 63)));
a[k] = t;
sums[k] = (sums[k] + ((t & U) * part));
}
    }
}
