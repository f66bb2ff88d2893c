package network.autonomys.farmer.core.kzg.generated;

import network.autonomys.farmer.core.kzg.FpLanes;

/** Base field arithmetic, 1 at a time; written by FpGenerator. */
public final class FpLanes1 extends FpLanes {
    private static final long M = 268435455L;
    /** The modulus, and then minus its inverse modulo 2^28. */
    private static final long[] P = {268413611L, 267386879L, 67108793L, 268430101L, 103030443L, 168782607L, 258420946L, 255349035L, 74926980L, 79351158L, 195540547L, 241804465L, 32127359L, 106513L, 268238845L};
    private static final long QUOTIENT = 10322695L;
    private static final long HALF = 0xffffffffL;
    /** 4p, 8p and 16p packed, with limbs that nothing has to be borrowed for; and 4p with one more. */
    private static final long[] FOUR = {2287828602651060908L, 2305751007256116966L, 1746741604599757486L, 2081020017433690953L, 1363242514338622994L, 1848326072402106636L, 1829875508372990L};
    private static final long[] EIGHT = {3422735704721806680L, 3458580513931918797L, 2340561708619199837L, 3009118534287066771L, 2726485028677245989L, 2543730644223898136L, 3659751016745981L};
    private static final long[] SIXTEEN = {5692549908863298224L, 5764239527283522459L, 4681123417238399675L, 4865315567993818406L, 5452970057354491979L, 5087461292474328112L, 7319506060023802L};
    private static final long[] NEGATOR = {2287828602651060909L, 2305751007256116967L, 1746741604599757487L, 2081020017433690954L, 1363242514338622995L, 1848326072402106637L, 1829875508372991L};

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public void multiply(long[] a, int ao, long[] b, int bo, long[] z, int zo) {
long b0 = b[bo];
long b1 = b[bo + 1];
long b2 = b[bo + 2];
long b3 = b[bo + 3];
long b4 = b[bo + 4];
long b5 = b[bo + 5];
long b6 = b[bo + 6];
long b7 = b[bo + 7];
long b8 = b[bo + 8];
long b9 = b[bo + 9];
long b10 = b[bo + 10];
long b11 = b[bo + 11];
long b12 = b[bo + 12];
long b13 = b[bo + 13];
long p0 = P[0];
long p1 = P[1];
long p2 = P[2];
long p3 = P[3];
long p4 = P[4];
long p5 = P[5];
long p6 = P[6];
long p7 = P[7];
long p8 = P[8];
long p9 = P[9];
long p10 = P[10];
long p11 = P[11];
long p12 = P[12];
long p13 = P[13];
long pn = P[14];
long t0 = 0L;
long t1 = 0L;
long t2 = 0L;
long t3 = 0L;
long t4 = 0L;
long t5 = 0L;
long t6 = 0L;
long t7 = 0L;
long t8 = 0L;
long t9 = 0L;
long t10 = 0L;
long t11 = 0L;
long t12 = 0L;
long t13 = 0L;
for (int i = 0; i < 14; i += 2) {
{
long x = a[ao + i];
t0 = (t0 + (x * b0));
t1 = (t1 + (x * b1));
t2 = (t2 + (x * b2));
t3 = (t3 + (x * b3));
t4 = (t4 + (x * b4));
t5 = (t5 + (x * b5));
t6 = (t6 + (x * b6));
t7 = (t7 + (x * b7));
t8 = (t8 + (x * b8));
t9 = (t9 + (x * b9));
t10 = (t10 + (x * b10));
t11 = (t11 + (x * b11));
t12 = (t12 + (x * b12));
t13 = (x * b13);
long m = ((t0 * pn) & M);
long c = ((t0 + (m * p0)) >>> 28);
t0 = ((t1 + (m * p1)) + c);
t1 = (t2 + (m * p2));
t2 = (t3 + (m * p3));
t3 = (t4 + (m * p4));
t4 = (t5 + (m * p5));
t5 = (t6 + (m * p6));
t6 = (t7 + (m * p7));
t7 = (t8 + (m * p8));
t8 = (t9 + (m * p9));
t9 = (t10 + (m * p10));
t10 = (t11 + (m * p11));
t11 = (t12 + (m * p12));
t12 = (t13 + (m * p13));
}
{
long x = a[ao + i + 1];
t0 = (t0 + (x * b0));
t1 = (t1 + (x * b1));
t2 = (t2 + (x * b2));
t3 = (t3 + (x * b3));
t4 = (t4 + (x * b4));
t5 = (t5 + (x * b5));
t6 = (t6 + (x * b6));
t7 = (t7 + (x * b7));
t8 = (t8 + (x * b8));
t9 = (t9 + (x * b9));
t10 = (t10 + (x * b10));
t11 = (t11 + (x * b11));
t12 = (t12 + (x * b12));
t13 = (x * b13);
long m = ((t0 * pn) & M);
long c = ((t0 + (m * p0)) >>> 28);
t0 = ((t1 + (m * p1)) + c);
t1 = (t2 + (m * p2));
t2 = (t3 + (m * p3));
t3 = (t4 + (m * p4));
t4 = (t5 + (m * p5));
t5 = (t6 + (m * p6));
t6 = (t7 + (m * p7));
t7 = (t8 + (m * p8));
t8 = (t9 + (m * p9));
t9 = (t10 + (m * p10));
t10 = (t11 + (m * p11));
t11 = (t12 + (m * p12));
t12 = (t13 + (m * p13));
}
}
t13 = 0L;
long c = 0L;
t0 = (t0 + c);
c = (t0 >>> 28);
t0 = (t0 & M);
z[zo] = t0;
t1 = (t1 + c);
c = (t1 >>> 28);
t1 = (t1 & M);
z[zo + 1] = t1;
t2 = (t2 + c);
c = (t2 >>> 28);
t2 = (t2 & M);
z[zo + 2] = t2;
t3 = (t3 + c);
c = (t3 >>> 28);
t3 = (t3 & M);
z[zo + 3] = t3;
t4 = (t4 + c);
c = (t4 >>> 28);
t4 = (t4 & M);
z[zo + 4] = t4;
t5 = (t5 + c);
c = (t5 >>> 28);
t5 = (t5 & M);
z[zo + 5] = t5;
t6 = (t6 + c);
c = (t6 >>> 28);
t6 = (t6 & M);
z[zo + 6] = t6;
t7 = (t7 + c);
c = (t7 >>> 28);
t7 = (t7 & M);
z[zo + 7] = t7;
t8 = (t8 + c);
c = (t8 >>> 28);
t8 = (t8 & M);
z[zo + 8] = t8;
t9 = (t9 + c);
c = (t9 >>> 28);
t9 = (t9 & M);
z[zo + 9] = t9;
t10 = (t10 + c);
c = (t10 >>> 28);
t10 = (t10 & M);
z[zo + 10] = t10;
t11 = (t11 + c);
c = (t11 >>> 28);
t11 = (t11 & M);
z[zo + 11] = t11;
t12 = (t12 + c);
c = (t12 >>> 28);
t12 = (t12 & M);
z[zo + 12] = t12;
t13 = (t13 + c);
z[zo + 13] = t13;
    }

    @Override
    public void load(long[] points, int[] references, int from, long[] packed, int offset) {
long n = -(long) (references[from] & 1);
int r0 = (references[from] >>> 1) * 14;
{
long row0 = points[r0];
packed[offset] = row0;
}
{
long row0 = points[r0 + 1];
packed[offset + 1] = row0;
}
{
long row0 = points[r0 + 2];
packed[offset + 2] = row0;
}
{
long row0 = points[r0 + 3];
packed[offset + 3] = row0;
}
{
long row0 = points[r0 + 4];
packed[offset + 4] = row0;
}
{
long row0 = points[r0 + 5];
packed[offset + 5] = row0;
}
{
long row0 = points[r0 + 6];
packed[offset + 6] = row0;
}
{
long row0 = points[r0 + 7];
packed[offset + 7] = ((row0 ^ n) + (NEGATOR[0] & n));
}
{
long row0 = points[r0 + 8];
packed[offset + 8] = ((row0 ^ n) + (NEGATOR[1] & n));
}
{
long row0 = points[r0 + 9];
packed[offset + 9] = ((row0 ^ n) + (NEGATOR[2] & n));
}
{
long row0 = points[r0 + 10];
packed[offset + 10] = ((row0 ^ n) + (NEGATOR[3] & n));
}
{
long row0 = points[r0 + 11];
packed[offset + 11] = ((row0 ^ n) + (NEGATOR[4] & n));
}
{
long row0 = points[r0 + 12];
packed[offset + 12] = ((row0 ^ n) + (NEGATOR[5] & n));
}
{
long row0 = points[r0 + 13];
packed[offset + 13] = ((row0 ^ n) + (NEGATOR[6] & n));
}
    }

    @Override
    public void store(long[] x, long[] y, long[] points, int[] targets, int from, int width) {
store(x, points, targets, from, width, 0);
store(y, points, targets, from, width, 7);
    }

    private static void store(long[] a, long[] points, int[] targets, int from, int width, int coordinate) {
long v0 = (a[0] | (a[0 + 1] << 32));
long v1 = (a[0 + 2] | (a[0 + 3] << 32));
long v2 = (a[0 + 4] | (a[0 + 5] << 32));
long v3 = (a[0 + 6] | (a[0 + 7] << 32));
long v4 = (a[0 + 8] | (a[0 + 9] << 32));
long v5 = (a[0 + 10] | (a[0 + 11] << 32));
long v6 = (a[0 + 12] | (a[0 + 13] << 32));
points[targets[from + 0] * 14 + coordinate] = v0;
points[targets[from + 0] * 14 + coordinate + 1] = v1;
points[targets[from + 0] * 14 + coordinate + 2] = v2;
points[targets[from + 0] * 14 + coordinate + 3] = v3;
points[targets[from + 0] * 14 + coordinate + 4] = v4;
points[targets[from + 0] * 14 + coordinate + 5] = v5;
points[targets[from + 0] * 14 + coordinate + 6] = v6;
    }

    @Override
    public void difference(long[] packed, int b, long[] less, int a, long[] z, int zo) {
long v;
v = ((packed[b] + SIXTEEN[0]) - less[a]);
z[zo] = (v & HALF);
z[zo + 1] = (v >>> 32);
v = ((packed[b + 1] + SIXTEEN[1]) - less[a + 1]);
z[zo + 2] = (v & HALF);
z[zo + 3] = (v >>> 32);
v = ((packed[b + 2] + SIXTEEN[2]) - less[a + 2]);
z[zo + 4] = (v & HALF);
z[zo + 5] = (v >>> 32);
v = ((packed[b + 3] + SIXTEEN[3]) - less[a + 3]);
z[zo + 6] = (v & HALF);
z[zo + 7] = (v >>> 32);
v = ((packed[b + 4] + SIXTEEN[4]) - less[a + 4]);
z[zo + 8] = (v & HALF);
z[zo + 9] = (v >>> 32);
v = ((packed[b + 5] + SIXTEEN[5]) - less[a + 5]);
z[zo + 10] = (v & HALF);
z[zo + 11] = (v >>> 32);
v = ((packed[b + 6] + SIXTEEN[6]) - less[a + 6]);
z[zo + 12] = (v & HALF);
z[zo + 13] = (v >>> 32);
    }

    @Override
    public void subtractBoth(long[] a, long[] packed, int b, long[] others, int o, long[] z) {
long v0 = ((EIGHT[0] - packed[b]) - others[o]);
long v1 = ((EIGHT[1] - packed[b + 1]) - others[o + 1]);
long v2 = ((EIGHT[2] - packed[b + 2]) - others[o + 2]);
long v3 = ((EIGHT[3] - packed[b + 3]) - others[o + 3]);
long v4 = ((EIGHT[4] - packed[b + 4]) - others[o + 4]);
long v5 = ((EIGHT[5] - packed[b + 5]) - others[o + 5]);
long v6 = ((EIGHT[6] - packed[b + 6]) - others[o + 6]);
long c = 0L;
long t0 = ((a[0] + (v0 & HALF)) + c);
c = (t0 >>> 28);
t0 = (t0 & M);
long t1 = ((a[0 + 1] + (v0 >>> 32)) + c);
c = (t1 >>> 28);
t1 = (t1 & M);
long t2 = ((a[0 + 2] + (v1 & HALF)) + c);
c = (t2 >>> 28);
t2 = (t2 & M);
long t3 = ((a[0 + 3] + (v1 >>> 32)) + c);
c = (t3 >>> 28);
t3 = (t3 & M);
long t4 = ((a[0 + 4] + (v2 & HALF)) + c);
c = (t4 >>> 28);
t4 = (t4 & M);
long t5 = ((a[0 + 5] + (v2 >>> 32)) + c);
c = (t5 >>> 28);
t5 = (t5 & M);
long t6 = ((a[0 + 6] + (v3 & HALF)) + c);
c = (t6 >>> 28);
t6 = (t6 & M);
long t7 = ((a[0 + 7] + (v3 >>> 32)) + c);
c = (t7 >>> 28);
t7 = (t7 & M);
long t8 = ((a[0 + 8] + (v4 & HALF)) + c);
c = (t8 >>> 28);
t8 = (t8 & M);
long t9 = ((a[0 + 9] + (v4 >>> 32)) + c);
c = (t9 >>> 28);
t9 = (t9 & M);
long t10 = ((a[0 + 10] + (v5 & HALF)) + c);
c = (t10 >>> 28);
t10 = (t10 & M);
long t11 = ((a[0 + 11] + (v5 >>> 32)) + c);
c = (t11 >>> 28);
t11 = (t11 & M);
long t12 = ((a[0 + 12] + (v6 & HALF)) + c);
c = (t12 >>> 28);
t12 = (t12 & M);
long t13 = ((a[0 + 13] + (v6 >>> 32)) + c);
long m = ((t13 * QUOTIENT) >>> 40);
c = 0L;
t0 = ((t0 - (m * P[0])) + c);
c = (t0 >> 28);
t0 = (t0 & M);
z[0] = t0;
t1 = ((t1 - (m * P[1])) + c);
c = (t1 >> 28);
t1 = (t1 & M);
z[0 + 1] = t1;
t2 = ((t2 - (m * P[2])) + c);
c = (t2 >> 28);
t2 = (t2 & M);
z[0 + 2] = t2;
t3 = ((t3 - (m * P[3])) + c);
c = (t3 >> 28);
t3 = (t3 & M);
z[0 + 3] = t3;
t4 = ((t4 - (m * P[4])) + c);
c = (t4 >> 28);
t4 = (t4 & M);
z[0 + 4] = t4;
t5 = ((t5 - (m * P[5])) + c);
c = (t5 >> 28);
t5 = (t5 & M);
z[0 + 5] = t5;
t6 = ((t6 - (m * P[6])) + c);
c = (t6 >> 28);
t6 = (t6 & M);
z[0 + 6] = t6;
t7 = ((t7 - (m * P[7])) + c);
c = (t7 >> 28);
t7 = (t7 & M);
z[0 + 7] = t7;
t8 = ((t8 - (m * P[8])) + c);
c = (t8 >> 28);
t8 = (t8 & M);
z[0 + 8] = t8;
t9 = ((t9 - (m * P[9])) + c);
c = (t9 >> 28);
t9 = (t9 & M);
z[0 + 9] = t9;
t10 = ((t10 - (m * P[10])) + c);
c = (t10 >> 28);
t10 = (t10 & M);
z[0 + 10] = t10;
t11 = ((t11 - (m * P[11])) + c);
c = (t11 >> 28);
t11 = (t11 & M);
z[0 + 11] = t11;
t12 = ((t12 - (m * P[12])) + c);
c = (t12 >> 28);
t12 = (t12 & M);
z[0 + 12] = t12;
t13 = ((t13 - (m * P[13])) + c);
z[0 + 13] = t13;
    }

    @Override
    public void subtractFrom(long[] packed, int a, long[] b, long[] z) {
long v;
v = (packed[a] + FOUR[0]);
z[0] = ((v & HALF) - b[0]);
z[0 + 1] = ((v >>> 32) - b[0 + 1]);
v = (packed[a + 1] + FOUR[1]);
z[0 + 2] = ((v & HALF) - b[0 + 2]);
z[0 + 3] = ((v >>> 32) - b[0 + 3]);
v = (packed[a + 2] + FOUR[2]);
z[0 + 4] = ((v & HALF) - b[0 + 4]);
z[0 + 5] = ((v >>> 32) - b[0 + 5]);
v = (packed[a + 3] + FOUR[3]);
z[0 + 6] = ((v & HALF) - b[0 + 6]);
z[0 + 7] = ((v >>> 32) - b[0 + 7]);
v = (packed[a + 4] + FOUR[4]);
z[0 + 8] = ((v & HALF) - b[0 + 8]);
z[0 + 9] = ((v >>> 32) - b[0 + 9]);
v = (packed[a + 5] + FOUR[5]);
z[0 + 10] = ((v & HALF) - b[0 + 10]);
z[0 + 11] = ((v >>> 32) - b[0 + 11]);
v = (packed[a + 6] + FOUR[6]);
z[0 + 12] = ((v & HALF) - b[0 + 12]);
z[0 + 13] = ((v >>> 32) - b[0 + 13]);
    }

    @Override
    public void subtract(long[] a, long[] packed, int b) {
long v0 = (SIXTEEN[0] - packed[b]);
long v1 = (SIXTEEN[1] - packed[b + 1]);
long v2 = (SIXTEEN[2] - packed[b + 2]);
long v3 = (SIXTEEN[3] - packed[b + 3]);
long v4 = (SIXTEEN[4] - packed[b + 4]);
long v5 = (SIXTEEN[5] - packed[b + 5]);
long v6 = (SIXTEEN[6] - packed[b + 6]);
long c = 0L;
long t0 = ((a[0] + (v0 & HALF)) + c);
c = (t0 >>> 28);
t0 = (t0 & M);
long t1 = ((a[0 + 1] + (v0 >>> 32)) + c);
c = (t1 >>> 28);
t1 = (t1 & M);
long t2 = ((a[0 + 2] + (v1 & HALF)) + c);
c = (t2 >>> 28);
t2 = (t2 & M);
long t3 = ((a[0 + 3] + (v1 >>> 32)) + c);
c = (t3 >>> 28);
t3 = (t3 & M);
long t4 = ((a[0 + 4] + (v2 & HALF)) + c);
c = (t4 >>> 28);
t4 = (t4 & M);
long t5 = ((a[0 + 5] + (v2 >>> 32)) + c);
c = (t5 >>> 28);
t5 = (t5 & M);
long t6 = ((a[0 + 6] + (v3 & HALF)) + c);
c = (t6 >>> 28);
t6 = (t6 & M);
long t7 = ((a[0 + 7] + (v3 >>> 32)) + c);
c = (t7 >>> 28);
t7 = (t7 & M);
long t8 = ((a[0 + 8] + (v4 & HALF)) + c);
c = (t8 >>> 28);
t8 = (t8 & M);
long t9 = ((a[0 + 9] + (v4 >>> 32)) + c);
c = (t9 >>> 28);
t9 = (t9 & M);
long t10 = ((a[0 + 10] + (v5 & HALF)) + c);
c = (t10 >>> 28);
t10 = (t10 & M);
long t11 = ((a[0 + 11] + (v5 >>> 32)) + c);
c = (t11 >>> 28);
t11 = (t11 & M);
long t12 = ((a[0 + 12] + (v6 & HALF)) + c);
c = (t12 >>> 28);
t12 = (t12 & M);
long t13 = ((a[0 + 13] + (v6 >>> 32)) + c);
long m = ((t13 * QUOTIENT) >>> 40);
c = 0L;
t0 = ((t0 - (m * P[0])) + c);
c = (t0 >> 28);
t0 = (t0 & M);
a[0] = t0;
t1 = ((t1 - (m * P[1])) + c);
c = (t1 >> 28);
t1 = (t1 & M);
a[0 + 1] = t1;
t2 = ((t2 - (m * P[2])) + c);
c = (t2 >> 28);
t2 = (t2 & M);
a[0 + 2] = t2;
t3 = ((t3 - (m * P[3])) + c);
c = (t3 >> 28);
t3 = (t3 & M);
a[0 + 3] = t3;
t4 = ((t4 - (m * P[4])) + c);
c = (t4 >> 28);
t4 = (t4 & M);
a[0 + 4] = t4;
t5 = ((t5 - (m * P[5])) + c);
c = (t5 >> 28);
t5 = (t5 & M);
a[0 + 5] = t5;
t6 = ((t6 - (m * P[6])) + c);
c = (t6 >> 28);
t6 = (t6 & M);
a[0 + 6] = t6;
t7 = ((t7 - (m * P[7])) + c);
c = (t7 >> 28);
t7 = (t7 & M);
a[0 + 7] = t7;
t8 = ((t8 - (m * P[8])) + c);
c = (t8 >> 28);
t8 = (t8 & M);
a[0 + 8] = t8;
t9 = ((t9 - (m * P[9])) + c);
c = (t9 >> 28);
t9 = (t9 & M);
a[0 + 9] = t9;
t10 = ((t10 - (m * P[10])) + c);
c = (t10 >> 28);
t10 = (t10 & M);
a[0 + 10] = t10;
t11 = ((t11 - (m * P[11])) + c);
c = (t11 >> 28);
t11 = (t11 & M);
a[0 + 11] = t11;
t12 = ((t12 - (m * P[12])) + c);
c = (t12 >> 28);
t12 = (t12 & M);
a[0 + 12] = t12;
t13 = ((t13 - (m * P[13])) + c);
a[0 + 13] = t13;
    }

    @Override
    public void reduce(long[] a, int o) {
long c = 0L;
long t0 = (a[o] + c);
c = (t0 >>> 28);
t0 = (t0 & M);
long t1 = (a[o + 1] + c);
c = (t1 >>> 28);
t1 = (t1 & M);
long t2 = (a[o + 2] + c);
c = (t2 >>> 28);
t2 = (t2 & M);
long t3 = (a[o + 3] + c);
c = (t3 >>> 28);
t3 = (t3 & M);
long t4 = (a[o + 4] + c);
c = (t4 >>> 28);
t4 = (t4 & M);
long t5 = (a[o + 5] + c);
c = (t5 >>> 28);
t5 = (t5 & M);
long t6 = (a[o + 6] + c);
c = (t6 >>> 28);
t6 = (t6 & M);
long t7 = (a[o + 7] + c);
c = (t7 >>> 28);
t7 = (t7 & M);
long t8 = (a[o + 8] + c);
c = (t8 >>> 28);
t8 = (t8 & M);
long t9 = (a[o + 9] + c);
c = (t9 >>> 28);
t9 = (t9 & M);
long t10 = (a[o + 10] + c);
c = (t10 >>> 28);
t10 = (t10 & M);
long t11 = (a[o + 11] + c);
c = (t11 >>> 28);
t11 = (t11 & M);
long t12 = (a[o + 12] + c);
c = (t12 >>> 28);
t12 = (t12 & M);
long t13 = (a[o + 13] + c);
long m = ((t13 * QUOTIENT) >>> 40);
c = 0L;
t0 = ((t0 - (m * P[0])) + c);
c = (t0 >> 28);
t0 = (t0 & M);
a[o] = t0;
t1 = ((t1 - (m * P[1])) + c);
c = (t1 >> 28);
t1 = (t1 & M);
a[o + 1] = t1;
t2 = ((t2 - (m * P[2])) + c);
c = (t2 >> 28);
t2 = (t2 & M);
a[o + 2] = t2;
t3 = ((t3 - (m * P[3])) + c);
c = (t3 >> 28);
t3 = (t3 & M);
a[o + 3] = t3;
t4 = ((t4 - (m * P[4])) + c);
c = (t4 >> 28);
t4 = (t4 & M);
a[o + 4] = t4;
t5 = ((t5 - (m * P[5])) + c);
c = (t5 >> 28);
t5 = (t5 & M);
a[o + 5] = t5;
t6 = ((t6 - (m * P[6])) + c);
c = (t6 >> 28);
t6 = (t6 & M);
a[o + 6] = t6;
t7 = ((t7 - (m * P[7])) + c);
c = (t7 >> 28);
t7 = (t7 & M);
a[o + 7] = t7;
t8 = ((t8 - (m * P[8])) + c);
c = (t8 >> 28);
t8 = (t8 & M);
a[o + 8] = t8;
t9 = ((t9 - (m * P[9])) + c);
c = (t9 >> 28);
t9 = (t9 & M);
a[o + 9] = t9;
t10 = ((t10 - (m * P[10])) + c);
c = (t10 >> 28);
t10 = (t10 & M);
a[o + 10] = t10;
t11 = ((t11 - (m * P[11])) + c);
c = (t11 >> 28);
t11 = (t11 & M);
a[o + 11] = t11;
t12 = ((t12 - (m * P[12])) + c);
c = (t12 >> 28);
t12 = (t12 & M);
a[o + 12] = t12;
t13 = ((t13 - (m * P[13])) + c);
a[o + 13] = t13;
    }
}
