package network.autonomys.farmer.core.field.generated;

import network.autonomys.farmer.core.field.LaneKernel;

/** Field arithmetic, 1 element at a time; written by KernelGenerator. */
public final class LaneKernel1 extends LaneKernel {
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
        return 1;
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
            butterfly(kind, a, offset, offset + 9, roots, 9 * node);
            return;
        }
        int quarter = 9 << (logSize - 2);
        int nextLazy = layer % 3 == 1 ? CARRYING : LAZY;
        int next = node == 0 && layer < 2 ? 9 * (layer + 1) : nextLazy;
        for (int k = offset; k < offset + quarter; k += 9) {
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
            plainButterfly(a, offset, offset + 9, 0);
            return;
        }
        int quarter = 9 << (logSize - 2);
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
        for (int k = offset; k < offset + quarter; k += 9) {
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
long b0 = w[wo];
long b1 = w[wo + 1];
long b2 = w[wo + 2];
long b3 = w[wo + 3];
long b4 = w[wo + 4];
long b5 = w[wo + 5];
long b6 = w[wo + 6];
long b7 = w[wo + 7];
long b8 = w[wo + 8];
long q1 = Q[1];
long q2 = Q[2];
long q3 = Q[3];
long q4 = Q[4];
long q5 = Q[5];
long q6 = Q[6];
long q7 = Q[7];
long q8 = Q[8];
long t0 = 0L;
long t1 = 0L;
long t2 = 0L;
long t3 = 0L;
long t4 = 0L;
long t5 = 0L;
long t6 = 0L;
long t7 = 0L;
long t8 = 0L;
for (int i = 0; i < 9; i += 1) {
long x = a[v + i];
t0 = (t0 + (x * b0));
t1 = (t1 + (x * b1));
t2 = (t2 + (x * b2));
t3 = (t3 + (x * b3));
t4 = (t4 + (x * b4));
t5 = (t5 + (x * b5));
t6 = (t6 + (x * b6));
t7 = (t7 + (x * b7));
t8 = (x * b8);
long m = ((0L - t0) & M);
long c = ((t0 + m) >>> 29);
t0 = ((t1 + (m * q1)) + c);
t1 = (t2 + (m * q2));
t2 = (t3 + (m * q3));
t3 = (t4 + (m * q4));
t4 = (t5 + (m * q5));
t5 = (t6 + (m * q6));
t6 = (t7 + (m * q7));
t7 = (t8 + (m * q8));
}
t8 = 0L;
long c = 0L;
long y;
t0 = (t0 + c);
c = (t0 >>> 29);
t0 = (t0 & M);
y = a[u];
a[u] = (y + t0);
a[v] = (y + (PAD[0] - t0));
t1 = (t1 + c);
c = (t1 >>> 29);
t1 = (t1 & M);
y = a[u + 1];
a[u + 1] = (y + t1);
a[v + 1] = (y + (PAD[1] - t1));
t2 = (t2 + c);
c = (t2 >>> 29);
t2 = (t2 & M);
y = a[u + 2];
a[u + 2] = (y + t2);
a[v + 2] = (y + (PAD[2] - t2));
t3 = (t3 + c);
c = (t3 >>> 29);
t3 = (t3 & M);
y = a[u + 3];
a[u + 3] = (y + t3);
a[v + 3] = (y + (PAD[3] - t3));
t4 = (t4 + c);
c = (t4 >>> 29);
t4 = (t4 & M);
y = a[u + 4];
a[u + 4] = (y + t4);
a[v + 4] = (y + (PAD[4] - t4));
t5 = (t5 + c);
c = (t5 >>> 29);
t5 = (t5 & M);
y = a[u + 5];
a[u + 5] = (y + t5);
a[v + 5] = (y + (PAD[5] - t5));
t6 = (t6 + c);
c = (t6 >>> 29);
t6 = (t6 & M);
y = a[u + 6];
a[u + 6] = (y + t6);
a[v + 6] = (y + (PAD[6] - t6));
t7 = (t7 + c);
c = (t7 >>> 29);
t7 = (t7 & M);
y = a[u + 7];
a[u + 7] = (y + t7);
a[v + 7] = (y + (PAD[7] - t7));
t8 = (t8 + c);
y = a[u + 8];
a[u + 8] = (y + t8);
a[v + 8] = (y + (PAD[8] - t8));
    }

    /** (u, v) becomes (u + w v, u - w v). */
    private static void carryingButterfly(long[] a, int u, int v, long[] w, int wo) {
long b0 = w[wo];
long b1 = w[wo + 1];
long b2 = w[wo + 2];
long b3 = w[wo + 3];
long b4 = w[wo + 4];
long b5 = w[wo + 5];
long b6 = w[wo + 6];
long b7 = w[wo + 7];
long b8 = w[wo + 8];
long q1 = Q[1];
long q2 = Q[2];
long q3 = Q[3];
long q4 = Q[4];
long q5 = Q[5];
long q6 = Q[6];
long q7 = Q[7];
long q8 = Q[8];
long t0 = 0L;
long t1 = 0L;
long t2 = 0L;
long t3 = 0L;
long t4 = 0L;
long t5 = 0L;
long t6 = 0L;
long t7 = 0L;
long t8 = 0L;
for (int i = 0; i < 9; i += 1) {
long x = a[v + i];
t0 = (t0 + (x * b0));
t1 = (t1 + (x * b1));
t2 = (t2 + (x * b2));
t3 = (t3 + (x * b3));
t4 = (t4 + (x * b4));
t5 = (t5 + (x * b5));
t6 = (t6 + (x * b6));
t7 = (t7 + (x * b7));
t8 = (x * b8);
long m = ((0L - t0) & M);
long c = ((t0 + m) >>> 29);
t0 = ((t1 + (m * q1)) + c);
t1 = (t2 + (m * q2));
t2 = (t3 + (m * q3));
t3 = (t4 + (m * q4));
t4 = (t5 + (m * q5));
t5 = (t6 + (m * q6));
t6 = (t7 + (m * q7));
t7 = (t8 + (m * q8));
}
t8 = 0L;
long c = 0L;
long cs = 0L;
long cd = 0L;
long y;
long s;
long d;
t0 = (t0 + c);
c = (t0 >>> 29);
t0 = (t0 & M);
y = a[u];
s = ((y + t0) + cs);
d = ((y + (PAD[0] - t0)) + cd);
cs = (s >>> 29);
cd = (d >>> 29);
s = (s & M);
d = (d & M);
a[u] = s;
a[v] = d;
t1 = (t1 + c);
c = (t1 >>> 29);
t1 = (t1 & M);
y = a[u + 1];
s = ((y + t1) + cs);
d = ((y + (PAD[1] - t1)) + cd);
cs = (s >>> 29);
cd = (d >>> 29);
s = (s & M);
d = (d & M);
a[u + 1] = s;
a[v + 1] = d;
t2 = (t2 + c);
c = (t2 >>> 29);
t2 = (t2 & M);
y = a[u + 2];
s = ((y + t2) + cs);
d = ((y + (PAD[2] - t2)) + cd);
cs = (s >>> 29);
cd = (d >>> 29);
s = (s & M);
d = (d & M);
a[u + 2] = s;
a[v + 2] = d;
t3 = (t3 + c);
c = (t3 >>> 29);
t3 = (t3 & M);
y = a[u + 3];
s = ((y + t3) + cs);
d = ((y + (PAD[3] - t3)) + cd);
cs = (s >>> 29);
cd = (d >>> 29);
s = (s & M);
d = (d & M);
a[u + 3] = s;
a[v + 3] = d;
t4 = (t4 + c);
c = (t4 >>> 29);
t4 = (t4 & M);
y = a[u + 4];
s = ((y + t4) + cs);
d = ((y + (PAD[4] - t4)) + cd);
cs = (s >>> 29);
cd = (d >>> 29);
s = (s & M);
d = (d & M);
a[u + 4] = s;
a[v + 4] = d;
t5 = (t5 + c);
c = (t5 >>> 29);
t5 = (t5 & M);
y = a[u + 5];
s = ((y + t5) + cs);
d = ((y + (PAD[5] - t5)) + cd);
cs = (s >>> 29);
cd = (d >>> 29);
s = (s & M);
d = (d & M);
a[u + 5] = s;
a[v + 5] = d;
t6 = (t6 + c);
c = (t6 >>> 29);
t6 = (t6 & M);
y = a[u + 6];
s = ((y + t6) + cs);
d = ((y + (PAD[6] - t6)) + cd);
cs = (s >>> 29);
cd = (d >>> 29);
s = (s & M);
d = (d & M);
a[u + 6] = s;
a[v + 6] = d;
t7 = (t7 + c);
c = (t7 >>> 29);
t7 = (t7 & M);
y = a[u + 7];
s = ((y + t7) + cs);
d = ((y + (PAD[7] - t7)) + cd);
cs = (s >>> 29);
cd = (d >>> 29);
s = (s & M);
d = (d & M);
a[u + 7] = s;
a[v + 7] = d;
t8 = (t8 + c);
y = a[u + 8];
s = ((y + t8) + cs);
d = ((y + (PAD[8] - t8)) + cd);
a[u + 8] = s;
a[v + 8] = d;
    }

    /** (u, v) becomes (u + v, u - v + pad), carried. */
    private static void plainButterfly(long[] a, int u, int v, int pad) {
long x;
long y;
long s;
long d;
long cs = 0L;
long cd = 0L;
y = a[u];
x = a[v];
s = ((y + x) + cs);
d = (((y - x) + PADS[pad + 0]) + cd);
cs = (s >>> 29);
cd = (d >> 29);
s = (s & M);
d = (d & M);
a[u] = s;
a[v] = d;
y = a[u + 1];
x = a[v + 1];
s = ((y + x) + cs);
d = (((y - x) + PADS[pad + 1]) + cd);
cs = (s >>> 29);
cd = (d >> 29);
s = (s & M);
d = (d & M);
a[u + 1] = s;
a[v + 1] = d;
y = a[u + 2];
x = a[v + 2];
s = ((y + x) + cs);
d = (((y - x) + PADS[pad + 2]) + cd);
cs = (s >>> 29);
cd = (d >> 29);
s = (s & M);
d = (d & M);
a[u + 2] = s;
a[v + 2] = d;
y = a[u + 3];
x = a[v + 3];
s = ((y + x) + cs);
d = (((y - x) + PADS[pad + 3]) + cd);
cs = (s >>> 29);
cd = (d >> 29);
s = (s & M);
d = (d & M);
a[u + 3] = s;
a[v + 3] = d;
y = a[u + 4];
x = a[v + 4];
s = ((y + x) + cs);
d = (((y - x) + PADS[pad + 4]) + cd);
cs = (s >>> 29);
cd = (d >> 29);
s = (s & M);
d = (d & M);
a[u + 4] = s;
a[v + 4] = d;
y = a[u + 5];
x = a[v + 5];
s = ((y + x) + cs);
d = (((y - x) + PADS[pad + 5]) + cd);
cs = (s >>> 29);
cd = (d >> 29);
s = (s & M);
d = (d & M);
a[u + 5] = s;
a[v + 5] = d;
y = a[u + 6];
x = a[v + 6];
s = ((y + x) + cs);
d = (((y - x) + PADS[pad + 6]) + cd);
cs = (s >>> 29);
cd = (d >> 29);
s = (s & M);
d = (d & M);
a[u + 6] = s;
a[v + 6] = d;
y = a[u + 7];
x = a[v + 7];
s = ((y + x) + cs);
d = (((y - x) + PADS[pad + 7]) + cd);
cs = (s >>> 29);
cd = (d >> 29);
s = (s & M);
d = (d & M);
a[u + 7] = s;
a[v + 7] = d;
y = a[u + 8];
x = a[v + 8];
s = ((y + x) + cs);
d = (((y - x) + PADS[pad + 8]) + cd);
a[u + 8] = s;
a[v + 8] = d;
    }

    @Override
    public void multiply(long[] a, int ao, long[] b, int bo, long[] z, int zo, int blocks) {
        for (int k = 0; k < blocks * 9; k += 9) {
            multiply(a, ao + k, b, bo + k, z, zo + k);
        }
    }

    private static void multiply(long[] a, int ao, long[] b, int bo, long[] z, int zo) {
long b0 = b[bo];
long b1 = b[bo + 1];
long b2 = b[bo + 2];
long b3 = b[bo + 3];
long b4 = b[bo + 4];
long b5 = b[bo + 5];
long b6 = b[bo + 6];
long b7 = b[bo + 7];
long b8 = b[bo + 8];
long q1 = Q[1];
long q2 = Q[2];
long q3 = Q[3];
long q4 = Q[4];
long q5 = Q[5];
long q6 = Q[6];
long q7 = Q[7];
long q8 = Q[8];
long t0 = 0L;
long t1 = 0L;
long t2 = 0L;
long t3 = 0L;
long t4 = 0L;
long t5 = 0L;
long t6 = 0L;
long t7 = 0L;
long t8 = 0L;
for (int i = 0; i < 9; i += 1) {
long x = a[ao + i];
t0 = (t0 + (x * b0));
t1 = (t1 + (x * b1));
t2 = (t2 + (x * b2));
t3 = (t3 + (x * b3));
t4 = (t4 + (x * b4));
t5 = (t5 + (x * b5));
t6 = (t6 + (x * b6));
t7 = (t7 + (x * b7));
t8 = (x * b8);
long m = ((0L - t0) & M);
long c = ((t0 + m) >>> 29);
t0 = ((t1 + (m * q1)) + c);
t1 = (t2 + (m * q2));
t2 = (t3 + (m * q3));
t3 = (t4 + (m * q4));
t4 = (t5 + (m * q5));
t5 = (t6 + (m * q6));
t6 = (t7 + (m * q7));
t7 = (t8 + (m * q8));
}
t8 = 0L;
long c = 0L;
t0 = (t0 + c);
c = (t0 >>> 29);
t0 = (t0 & M);
z[zo] = t0;
t1 = (t1 + c);
c = (t1 >>> 29);
t1 = (t1 & M);
z[zo + 1] = t1;
t2 = (t2 + c);
c = (t2 >>> 29);
t2 = (t2 & M);
z[zo + 2] = t2;
t3 = (t3 + c);
c = (t3 >>> 29);
t3 = (t3 & M);
z[zo + 3] = t3;
t4 = (t4 + c);
c = (t4 >>> 29);
t4 = (t4 & M);
z[zo + 4] = t4;
t5 = (t5 + c);
c = (t5 >>> 29);
t5 = (t5 & M);
z[zo + 5] = t5;
t6 = (t6 + c);
c = (t6 >>> 29);
t6 = (t6 & M);
z[zo + 6] = t6;
t7 = (t7 + c);
c = (t7 >>> 29);
t7 = (t7 & M);
z[zo + 7] = t7;
t8 = (t8 + c);
z[zo + 8] = t8;
    }

    @Override
    public void lookUp(long[] table, int[] numbers, int from, int shift, int mask, long[] words, int blocks) {
        for (int k = 0; k < blocks; k++) {
            int e = from + k * 1;
            int to = k * 4;
            int entry;
            entry = (numbers[e + 0] >>> shift & mask) * 4;
            words[to + 0] = table[entry + 0];
            words[to + 1] = table[entry + 1];
            words[to + 2] = table[entry + 2];
            words[to + 3] = table[entry + 3];
        }
    }

    @Override
    public void multiplyWords(long[] a, int ao, long[] words, int wo, int blocks) {
        for (int k = 0; k < blocks; k++) {
            multiplyWords(a, ao + k * 9, words, wo + k * 4);
        }
    }

    private static void multiplyWords(long[] a, int ao, long[] words, int wo) {
long w0 = words[wo];
long w1 = words[wo + 1];
long w2 = words[wo + 2];
long w3 = words[wo + 3];
long b0 = (w0 & M);
long b1 = ((w0 >>> 29) & M);
long b2 = (((w0 >>> 58) | (w1 << 6)) & M);
long b3 = ((w1 >>> 23) & M);
long b4 = (((w1 >>> 52) | (w2 << 12)) & M);
long b5 = ((w2 >>> 17) & M);
long b6 = (((w2 >>> 46) | (w3 << 18)) & M);
long b7 = ((w3 >>> 11) & M);
long b8 = (w3 >>> 40);
long q1 = Q[1];
long q2 = Q[2];
long q3 = Q[3];
long q4 = Q[4];
long q5 = Q[5];
long q6 = Q[6];
long q7 = Q[7];
long q8 = Q[8];
long t0 = 0L;
long t1 = 0L;
long t2 = 0L;
long t3 = 0L;
long t4 = 0L;
long t5 = 0L;
long t6 = 0L;
long t7 = 0L;
long t8 = 0L;
for (int i = 0; i < 9; i += 1) {
long x = a[ao + i];
t0 = (t0 + (x * b0));
t1 = (t1 + (x * b1));
t2 = (t2 + (x * b2));
t3 = (t3 + (x * b3));
t4 = (t4 + (x * b4));
t5 = (t5 + (x * b5));
t6 = (t6 + (x * b6));
t7 = (t7 + (x * b7));
t8 = (x * b8);
long m = ((0L - t0) & M);
long c = ((t0 + m) >>> 29);
t0 = ((t1 + (m * q1)) + c);
t1 = (t2 + (m * q2));
t2 = (t3 + (m * q3));
t3 = (t4 + (m * q4));
t4 = (t5 + (m * q5));
t5 = (t6 + (m * q6));
t6 = (t7 + (m * q7));
t7 = (t8 + (m * q8));
}
t8 = 0L;
long c = 0L;
t0 = (t0 + c);
c = (t0 >>> 29);
t0 = (t0 & M);
a[ao] = t0;
t1 = (t1 + c);
c = (t1 >>> 29);
t1 = (t1 & M);
a[ao + 1] = t1;
t2 = (t2 + c);
c = (t2 >>> 29);
t2 = (t2 & M);
a[ao + 2] = t2;
t3 = (t3 + c);
c = (t3 >>> 29);
t3 = (t3 & M);
a[ao + 3] = t3;
t4 = (t4 + c);
c = (t4 >>> 29);
t4 = (t4 & M);
a[ao + 4] = t4;
t5 = (t5 + c);
c = (t5 >>> 29);
t5 = (t5 & M);
a[ao + 5] = t5;
t6 = (t6 + c);
c = (t6 >>> 29);
t6 = (t6 & M);
a[ao + 6] = t6;
t7 = (t7 + c);
c = (t7 >>> 29);
t7 = (t7 & M);
a[ao + 7] = t7;
t8 = (t8 + c);
a[ao + 8] = t8;
    }

    @Override
    public void scaleEach(long[] a, int ao, long[] constants, int co, int step, int blocks) {
        for (int k = 0; k < blocks; k++) {
            scale(a, ao + k * 9, constants, co + k * step);
        }
    }

    private static void scale(long[] a, int ao, long[] w, int wo) {
long b0 = w[wo];
long b1 = w[wo + 1];
long b2 = w[wo + 2];
long b3 = w[wo + 3];
long b4 = w[wo + 4];
long b5 = w[wo + 5];
long b6 = w[wo + 6];
long b7 = w[wo + 7];
long b8 = w[wo + 8];
long q1 = Q[1];
long q2 = Q[2];
long q3 = Q[3];
long q4 = Q[4];
long q5 = Q[5];
long q6 = Q[6];
long q7 = Q[7];
long q8 = Q[8];
long t0 = 0L;
long t1 = 0L;
long t2 = 0L;
long t3 = 0L;
long t4 = 0L;
long t5 = 0L;
long t6 = 0L;
long t7 = 0L;
long t8 = 0L;
for (int i = 0; i < 9; i += 1) {
long x = a[ao + i];
t0 = (t0 + (x * b0));
t1 = (t1 + (x * b1));
t2 = (t2 + (x * b2));
t3 = (t3 + (x * b3));
t4 = (t4 + (x * b4));
t5 = (t5 + (x * b5));
t6 = (t6 + (x * b6));
t7 = (t7 + (x * b7));
t8 = (x * b8);
long m = ((0L - t0) & M);
long c = ((t0 + m) >>> 29);
t0 = ((t1 + (m * q1)) + c);
t1 = (t2 + (m * q2));
t2 = (t3 + (m * q3));
t3 = (t4 + (m * q4));
t4 = (t5 + (m * q5));
t5 = (t6 + (m * q6));
t6 = (t7 + (m * q7));
t7 = (t8 + (m * q8));
}
t8 = 0L;
long c = 0L;
t0 = (t0 + c);
c = (t0 >>> 29);
t0 = (t0 & M);
a[ao] = t0;
t1 = (t1 + c);
c = (t1 >>> 29);
t1 = (t1 & M);
a[ao + 1] = t1;
t2 = (t2 + c);
c = (t2 >>> 29);
t2 = (t2 & M);
a[ao + 2] = t2;
t3 = (t3 + c);
c = (t3 >>> 29);
t3 = (t3 & M);
a[ao + 3] = t3;
t4 = (t4 + c);
c = (t4 >>> 29);
t4 = (t4 & M);
a[ao + 4] = t4;
t5 = (t5 + c);
c = (t5 >>> 29);
t5 = (t5 & M);
a[ao + 5] = t5;
t6 = (t6 + c);
c = (t6 >>> 29);
t6 = (t6 & M);
a[ao + 6] = t6;
t7 = (t7 + c);
c = (t7 >>> 29);
t7 = (t7 & M);
a[ao + 7] = t7;
t8 = (t8 + c);
a[ao + 8] = t8;
    }

    @Override
    public void reduce(long[] a, int offset, int blocks) {
        for (int k = 0; k < blocks; k++) {
            reduce(a, offset + k * 9);
        }
    }

    /** Carries, estimates the quotient from the ninth limb (at most one too small) and subtracts so many times r. */
    private static void reduce(long[] a, int o) {
long c = 0L;
long t0 = a[o];
t0 = (t0 + c);
c = (t0 >>> 29);
t0 = (t0 & M);
long t1 = a[o + 1];
t1 = (t1 + c);
c = (t1 >>> 29);
t1 = (t1 & M);
long t2 = a[o + 2];
t2 = (t2 + c);
c = (t2 >>> 29);
t2 = (t2 & M);
long t3 = a[o + 3];
t3 = (t3 + c);
c = (t3 >>> 29);
t3 = (t3 & M);
long t4 = a[o + 4];
t4 = (t4 + c);
c = (t4 >>> 29);
t4 = (t4 & M);
long t5 = a[o + 5];
t5 = (t5 + c);
c = (t5 >>> 29);
t5 = (t5 & M);
long t6 = a[o + 6];
t6 = (t6 + c);
c = (t6 >>> 29);
t6 = (t6 & M);
long t7 = a[o + 7];
t7 = (t7 + c);
c = (t7 >>> 29);
t7 = (t7 & M);
long t8 = a[o + 8];
t8 = (t8 + c);
long m = ((t8 * QUOTIENT) >>> 52);
c = 0L;
t0 = ((t0 - (m * Q[0])) + c);
c = (t0 >> 29);
t0 = (t0 & M);
a[o] = t0;
t1 = ((t1 - (m * Q[1])) + c);
c = (t1 >> 29);
t1 = (t1 & M);
a[o + 1] = t1;
t2 = ((t2 - (m * Q[2])) + c);
c = (t2 >> 29);
t2 = (t2 & M);
a[o + 2] = t2;
t3 = ((t3 - (m * Q[3])) + c);
c = (t3 >> 29);
t3 = (t3 & M);
a[o + 3] = t3;
t4 = ((t4 - (m * Q[4])) + c);
c = (t4 >> 29);
t4 = (t4 & M);
a[o + 4] = t4;
t5 = ((t5 - (m * Q[5])) + c);
c = (t5 >> 29);
t5 = (t5 & M);
a[o + 5] = t5;
t6 = ((t6 - (m * Q[6])) + c);
c = (t6 >> 29);
t6 = (t6 & M);
a[o + 6] = t6;
t7 = ((t7 - (m * Q[7])) + c);
c = (t7 >> 29);
t7 = (t7 & M);
a[o + 7] = t7;
t8 = ((t8 - (m * Q[8])) + c);
a[o + 8] = t8;
    }

    @Override
    public void turn(long[] in, int from, long[] out, int to) {
        for (int limb = 0; limb < 9; limb += 1) {
long row0 = in[from + limb + 0];
out[to + limb + 0] = row0;
        }
    }

    @Override
    public boolean unpack(long[] words, int from, int[] places, long[] a, int o) {
long w0 = words[places[0] + from + 3];
long w1 = words[places[0] + from + 2];
long w2 = words[places[0] + from + 1];
long w3 = words[places[0] + from + 0];
a[o] = (w0 & M);
a[o + 1] = ((w0 >>> 29) & M);
a[o + 2] = (((w0 >>> 58) | (w1 << 6)) & M);
a[o + 3] = ((w1 >>> 23) & M);
a[o + 4] = (((w1 >>> 52) | (w2 << 12)) & M);
a[o + 5] = ((w2 >>> 17) & M);
a[o + 6] = (((w2 >>> 46) | (w3 << 18)) & M);
a[o + 7] = ((w3 >>> 11) & M);
a[o + 8] = (w3 >>> 40);
        return Long.compareUnsigned(w3, 8353516859464449352L) < 0;
    }

    @Override
    public void pack(long[] a, int o, long[] words, int to, int[] places) {
reduce(a, o);
long c = 0L;
long t0 = a[o];
long s0 = ((t0 - Q[0]) + c);
c = (s0 >> 29);
s0 = (s0 & M);
long t1 = a[o + 1];
long s1 = ((t1 - Q[1]) + c);
c = (s1 >> 29);
s1 = (s1 & M);
long t2 = a[o + 2];
long s2 = ((t2 - Q[2]) + c);
c = (s2 >> 29);
s2 = (s2 & M);
long t3 = a[o + 3];
long s3 = ((t3 - Q[3]) + c);
c = (s3 >> 29);
s3 = (s3 & M);
long t4 = a[o + 4];
long s4 = ((t4 - Q[4]) + c);
c = (s4 >> 29);
s4 = (s4 & M);
long t5 = a[o + 5];
long s5 = ((t5 - Q[5]) + c);
c = (s5 >> 29);
s5 = (s5 & M);
long t6 = a[o + 6];
long s6 = ((t6 - Q[6]) + c);
c = (s6 >> 29);
s6 = (s6 & M);
long t7 = a[o + 7];
long s7 = ((t7 - Q[7]) + c);
c = (s7 >> 29);
s7 = (s7 & M);
long t8 = a[o + 8];
long s8 = ((t8 - Q[8]) + c);
long keep = (s8 >> 63);
t0 = ((t0 & keep) | (s0 & ~keep));
t1 = ((t1 & keep) | (s1 & ~keep));
t2 = ((t2 & keep) | (s2 & ~keep));
t3 = ((t3 & keep) | (s3 & ~keep));
t4 = ((t4 & keep) | (s4 & ~keep));
t5 = ((t5 & keep) | (s5 & ~keep));
t6 = ((t6 & keep) | (s6 & ~keep));
t7 = ((t7 & keep) | (s7 & ~keep));
t8 = ((t8 & keep) | (s8 & ~keep));
long w0 = ((t0 | (t1 << 29)) | (t2 << 58));
long w1 = (((t2 >>> 6) | (t3 << 23)) | (t4 << 52));
long w2 = (((t4 >>> 12) | (t5 << 17)) | (t6 << 46));
long w3 = (((t6 >>> 18) | (t7 << 11)) | (t8 << 40));
words[places[0] + to + 3] = w0;
words[places[0] + to + 2] = w1;
words[places[0] + to + 1] = w2;
words[places[0] + to + 0] = w3;
    }
}
