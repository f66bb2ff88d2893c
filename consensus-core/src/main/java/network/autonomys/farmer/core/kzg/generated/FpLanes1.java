package network.autonomys.farmer.core.kzg.generated;

import network.autonomys.farmer.core.kzg.FpLanes;

/** Base field arithmetic, 1 at a time; written by FpGenerator. */
public final class FpLanes1 extends FpLanes {
    private static final long M = 562949953421311L;
    /** The modulus; its limbs' lower and upper halves. */
    private static final long[] P = {281474976688811L, 378962144386303L, 67658748461055L, 541948005064406L, 409809928605995L, 477301282618147L, 562513631276702L, 223374201970L};
    private static final long[] P_LOW = {16755371L, 16768255L, 11206655L, 5512918L, 3690795L, 6732579L, 2911902L, 2348146L};
    private static final long[] P_HIGH = {16777215L, 22587903L, 4032775L, 32302618L, 24426575L, 28449373L, 33528425L, 13314L};
    private static final long QUOTIENT = 20645562L;
    /** 4p, 8p and 16p with limbs that nothing has to be borrowed for; and 4p with one more. */
    private static final long[] FOUR = {1125899906755244L, 952898624123900L, 833584947265533L, 1041892113414999L, 1076289761002670L, 783305223629965L, 1124154618264186L, 893496807882L};
    private static final long[] EIGHT = {1688849860089176L, 1342847294826489L, 1667169894531067L, 1520834273408686L, 1589629568584029L, 1566610447259931L, 1685359283107060L, 1786993615765L};
    private static final long[] SIXTEEN = {1688849859914416L, 1559794682810357L, 1645489928798200L, 1352818686553439L, 1490409276904125L, 1444371034255929L, 1681868705950187L, 3573987231533L};
    private static final long[] NEGATOR = {1125899906755245L, 952898624123901L, 833584947265534L, 1041892113415000L, 1076289761002671L, 783305223629966L, 1124154618264187L, 893496807883L};
    /** Minus the inverse of p modulo 2^49. */
    private static final long INVERSE = 562937068322813L;

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public void multiply(long[] a, int ao, long[] b, int bo, long[] z, int zo) {
long t0 = 0;
long t1 = 0;
long t2 = 0;
long t3 = 0;
long t4 = 0;
long t5 = 0;
long t6 = 0;
long t7 = 0;
long t8 = 0;
long low;
for (int i = 0; i < 8; i++) {
long x = a[ao + i];
low = x * b[bo];
t0 += low & M;
t1 += Math.multiplyHigh(x, b[bo]) << 15 | low >>> 49;
low = x * b[bo + 1];
t1 += low & M;
t2 += Math.multiplyHigh(x, b[bo + 1]) << 15 | low >>> 49;
low = x * b[bo + 2];
t2 += low & M;
t3 += Math.multiplyHigh(x, b[bo + 2]) << 15 | low >>> 49;
low = x * b[bo + 3];
t3 += low & M;
t4 += Math.multiplyHigh(x, b[bo + 3]) << 15 | low >>> 49;
low = x * b[bo + 4];
t4 += low & M;
t5 += Math.multiplyHigh(x, b[bo + 4]) << 15 | low >>> 49;
low = x * b[bo + 5];
t5 += low & M;
t6 += Math.multiplyHigh(x, b[bo + 5]) << 15 | low >>> 49;
low = x * b[bo + 6];
t6 += low & M;
t7 += Math.multiplyHigh(x, b[bo + 6]) << 15 | low >>> 49;
low = x * b[bo + 7];
t7 += low & M;
t8 += Math.multiplyHigh(x, b[bo + 7]) << 15 | low >>> 49;
long m = t0 * INVERSE & M;
low = m * P[0];
t0 += low & M;
t1 += Math.multiplyHigh(m, P[0]) << 15 | low >>> 49;
low = m * P[1];
t1 += low & M;
t2 += Math.multiplyHigh(m, P[1]) << 15 | low >>> 49;
low = m * P[2];
t2 += low & M;
t3 += Math.multiplyHigh(m, P[2]) << 15 | low >>> 49;
low = m * P[3];
t3 += low & M;
t4 += Math.multiplyHigh(m, P[3]) << 15 | low >>> 49;
low = m * P[4];
t4 += low & M;
t5 += Math.multiplyHigh(m, P[4]) << 15 | low >>> 49;
low = m * P[5];
t5 += low & M;
t6 += Math.multiplyHigh(m, P[5]) << 15 | low >>> 49;
low = m * P[6];
t6 += low & M;
t7 += Math.multiplyHigh(m, P[6]) << 15 | low >>> 49;
low = m * P[7];
t7 += low & M;
t8 += Math.multiplyHigh(m, P[7]) << 15 | low >>> 49;
t0 = t1 + (t0 >>> 49);
t1 = t2;
t2 = t3;
t3 = t4;
t4 = t5;
t5 = t6;
t6 = t7;
t7 = t8;
t8 = 0;
}
long c = 0;
c += t0;
z[zo] = c & M;
c >>>= 49;
c += t1;
z[zo + 1] = c & M;
c >>>= 49;
c += t2;
z[zo + 2] = c & M;
c >>>= 49;
c += t3;
z[zo + 3] = c & M;
c >>>= 49;
c += t4;
z[zo + 4] = c & M;
c >>>= 49;
c += t5;
z[zo + 5] = c & M;
c >>>= 49;
c += t6;
z[zo + 6] = c & M;
c >>>= 49;
c += t7;
z[zo + 7] = c;
    }

    @Override
    public void load(long[] points, int[] references, int from, long[] z, int zo) {
loadX(points, references, from, z, zo);
loadY(points, references, from, z, zo + 8);
    }

    private static void loadX(long[] points, int[] references, int from, long[] z, int zo) {
int r0 = (references[from + 0] >>> 1) * 12;
long row0x0 = points[r0];
long row1x0 = points[r0 + 1];
long row2x0 = points[r0 + 2];
long row3x0 = points[r0 + 3];
long row4x0 = points[r0 + 4];
long row5x0 = points[r0 + 5];
z[zo] = (row0x0 & M);
z[zo + 1] = (((row0x0 >>> 49) | (row1x0 << 15)) & M);
z[zo + 2] = (((row1x0 >>> 34) | (row2x0 << 30)) & M);
z[zo + 3] = (((row2x0 >>> 19) | (row3x0 << 45)) & M);
z[zo + 4] = ((row3x0 >>> 4) & M);
z[zo + 5] = (((row3x0 >>> 53) | (row4x0 << 11)) & M);
z[zo + 6] = (((row4x0 >>> 38) | (row5x0 << 26)) & M);
z[zo + 7] = (row5x0 >>> 23);
    }

    private static void loadY(long[] points, int[] references, int from, long[] z, int zo) {
int r0 = (references[from + 0] >>> 1) * 12 + 6;
long row0x0 = points[r0];
long row1x0 = points[r0 + 1];
long row2x0 = points[r0 + 2];
long row3x0 = points[r0 + 3];
long row4x0 = points[r0 + 4];
long row5x0 = points[r0 + 5];
long n = -(long) (references[from] & 1);
z[zo] = (((row0x0 & M) ^ n) + (NEGATOR[0] & n));
z[zo + 1] = (((((row0x0 >>> 49) | (row1x0 << 15)) & M) ^ n) + (NEGATOR[1] & n));
z[zo + 2] = (((((row1x0 >>> 34) | (row2x0 << 30)) & M) ^ n) + (NEGATOR[2] & n));
z[zo + 3] = (((((row2x0 >>> 19) | (row3x0 << 45)) & M) ^ n) + (NEGATOR[3] & n));
z[zo + 4] = ((((row3x0 >>> 4) & M) ^ n) + (NEGATOR[4] & n));
z[zo + 5] = (((((row3x0 >>> 53) | (row4x0 << 11)) & M) ^ n) + (NEGATOR[5] & n));
z[zo + 6] = (((((row4x0 >>> 38) | (row5x0 << 26)) & M) ^ n) + (NEGATOR[6] & n));
z[zo + 7] = (((row5x0 >>> 23) ^ n) + (NEGATOR[7] & n));
    }

    @Override
    public void store(long[] x, long[] y, long[] points, int[] targets, int from, int width) {
store(x, points, targets, from, width, 0);
store(y, points, targets, from, width, 6);
    }

    private static void store(long[] a, long[] points, int[] targets, int from, int width, int coordinate) {
long v0 = (a[0] | (a[0 + 1] << 49));
long v1 = ((a[0 + 1] >>> 15) | (a[0 + 2] << 34));
long v2 = ((a[0 + 2] >>> 30) | (a[0 + 3] << 19));
long v3 = (((a[0 + 3] >>> 45) | (a[0 + 4] << 4)) | (a[0 + 5] << 53));
long v4 = ((a[0 + 5] >>> 11) | (a[0 + 6] << 38));
long v5 = ((a[0 + 6] >>> 26) | (a[0 + 7] << 23));
points[targets[from + 0] * 12 + coordinate] = v0;
points[targets[from + 0] * 12 + coordinate + 1] = v1;
points[targets[from + 0] * 12 + coordinate + 2] = v2;
points[targets[from + 0] * 12 + coordinate + 3] = v3;
points[targets[from + 0] * 12 + coordinate + 4] = v4;
points[targets[from + 0] * 12 + coordinate + 5] = v5;
    }

    @Override
    public void difference(long[] b, int bo, long[] a, int ao, long[] z, int zo) {
z[zo] = ((b[bo] + SIXTEEN[0]) - a[ao]);
z[zo + 1] = ((b[bo + 1] + SIXTEEN[1]) - a[ao + 1]);
z[zo + 2] = ((b[bo + 2] + SIXTEEN[2]) - a[ao + 2]);
z[zo + 3] = ((b[bo + 3] + SIXTEEN[3]) - a[ao + 3]);
z[zo + 4] = ((b[bo + 4] + SIXTEEN[4]) - a[ao + 4]);
z[zo + 5] = ((b[bo + 5] + SIXTEEN[5]) - a[ao + 5]);
z[zo + 6] = ((b[bo + 6] + SIXTEEN[6]) - a[ao + 6]);
z[zo + 7] = ((b[bo + 7] + SIXTEEN[7]) - a[ao + 7]);
    }

    @Override
    public void subtractBoth(long[] a, long[] b, int bo, long[] o, int oo, long[] z) {
long c = 0L;
long t0 = ((((a[0] + EIGHT[0]) - b[bo]) - o[oo]) + c);
c = (t0 >>> 49);
t0 = (t0 & M);
long t1 = ((((a[0 + 1] + EIGHT[1]) - b[bo + 1]) - o[oo + 1]) + c);
c = (t1 >>> 49);
t1 = (t1 & M);
long t2 = ((((a[0 + 2] + EIGHT[2]) - b[bo + 2]) - o[oo + 2]) + c);
c = (t2 >>> 49);
t2 = (t2 & M);
long t3 = ((((a[0 + 3] + EIGHT[3]) - b[bo + 3]) - o[oo + 3]) + c);
c = (t3 >>> 49);
t3 = (t3 & M);
long t4 = ((((a[0 + 4] + EIGHT[4]) - b[bo + 4]) - o[oo + 4]) + c);
c = (t4 >>> 49);
t4 = (t4 & M);
long t5 = ((((a[0 + 5] + EIGHT[5]) - b[bo + 5]) - o[oo + 5]) + c);
c = (t5 >>> 49);
t5 = (t5 & M);
long t6 = ((((a[0 + 6] + EIGHT[6]) - b[bo + 6]) - o[oo + 6]) + c);
c = (t6 >>> 49);
t6 = (t6 & M);
long t7 = ((((a[0 + 7] + EIGHT[7]) - b[bo + 7]) - o[oo + 7]) + c);
long m = (((t7 >>> 12) * QUOTIENT) >>> 50);
c = 0L;
t0 = (((t0 - (m * P_LOW[0])) - ((m * P_HIGH[0]) << 24)) + c);
c = (t0 >> 49);
t0 = (t0 & M);
z[0] = t0;
t1 = (((t1 - (m * P_LOW[1])) - ((m * P_HIGH[1]) << 24)) + c);
c = (t1 >> 49);
t1 = (t1 & M);
z[0 + 1] = t1;
t2 = (((t2 - (m * P_LOW[2])) - ((m * P_HIGH[2]) << 24)) + c);
c = (t2 >> 49);
t2 = (t2 & M);
z[0 + 2] = t2;
t3 = (((t3 - (m * P_LOW[3])) - ((m * P_HIGH[3]) << 24)) + c);
c = (t3 >> 49);
t3 = (t3 & M);
z[0 + 3] = t3;
t4 = (((t4 - (m * P_LOW[4])) - ((m * P_HIGH[4]) << 24)) + c);
c = (t4 >> 49);
t4 = (t4 & M);
z[0 + 4] = t4;
t5 = (((t5 - (m * P_LOW[5])) - ((m * P_HIGH[5]) << 24)) + c);
c = (t5 >> 49);
t5 = (t5 & M);
z[0 + 5] = t5;
t6 = (((t6 - (m * P_LOW[6])) - ((m * P_HIGH[6]) << 24)) + c);
c = (t6 >> 49);
t6 = (t6 & M);
z[0 + 6] = t6;
t7 = (((t7 - (m * P_LOW[7])) - ((m * P_HIGH[7]) << 24)) + c);
z[0 + 7] = t7;
    }

    @Override
    public void subtractFrom(long[] a, int ao, long[] b, long[] z) {
z[0] = ((a[ao] + FOUR[0]) - b[0]);
z[0 + 1] = ((a[ao + 1] + FOUR[1]) - b[0 + 1]);
z[0 + 2] = ((a[ao + 2] + FOUR[2]) - b[0 + 2]);
z[0 + 3] = ((a[ao + 3] + FOUR[3]) - b[0 + 3]);
z[0 + 4] = ((a[ao + 4] + FOUR[4]) - b[0 + 4]);
z[0 + 5] = ((a[ao + 5] + FOUR[5]) - b[0 + 5]);
z[0 + 6] = ((a[ao + 6] + FOUR[6]) - b[0 + 6]);
z[0 + 7] = ((a[ao + 7] + FOUR[7]) - b[0 + 7]);
    }

    @Override
    public void subtract(long[] a, long[] b, int bo) {
long c = 0L;
long t0 = (((a[0] + SIXTEEN[0]) - b[bo]) + c);
c = (t0 >>> 49);
t0 = (t0 & M);
long t1 = (((a[0 + 1] + SIXTEEN[1]) - b[bo + 1]) + c);
c = (t1 >>> 49);
t1 = (t1 & M);
long t2 = (((a[0 + 2] + SIXTEEN[2]) - b[bo + 2]) + c);
c = (t2 >>> 49);
t2 = (t2 & M);
long t3 = (((a[0 + 3] + SIXTEEN[3]) - b[bo + 3]) + c);
c = (t3 >>> 49);
t3 = (t3 & M);
long t4 = (((a[0 + 4] + SIXTEEN[4]) - b[bo + 4]) + c);
c = (t4 >>> 49);
t4 = (t4 & M);
long t5 = (((a[0 + 5] + SIXTEEN[5]) - b[bo + 5]) + c);
c = (t5 >>> 49);
t5 = (t5 & M);
long t6 = (((a[0 + 6] + SIXTEEN[6]) - b[bo + 6]) + c);
c = (t6 >>> 49);
t6 = (t6 & M);
long t7 = (((a[0 + 7] + SIXTEEN[7]) - b[bo + 7]) + c);
long m = (((t7 >>> 12) * QUOTIENT) >>> 50);
c = 0L;
t0 = (((t0 - (m * P_LOW[0])) - ((m * P_HIGH[0]) << 24)) + c);
c = (t0 >> 49);
t0 = (t0 & M);
a[0] = t0;
t1 = (((t1 - (m * P_LOW[1])) - ((m * P_HIGH[1]) << 24)) + c);
c = (t1 >> 49);
t1 = (t1 & M);
a[0 + 1] = t1;
t2 = (((t2 - (m * P_LOW[2])) - ((m * P_HIGH[2]) << 24)) + c);
c = (t2 >> 49);
t2 = (t2 & M);
a[0 + 2] = t2;
t3 = (((t3 - (m * P_LOW[3])) - ((m * P_HIGH[3]) << 24)) + c);
c = (t3 >> 49);
t3 = (t3 & M);
a[0 + 3] = t3;
t4 = (((t4 - (m * P_LOW[4])) - ((m * P_HIGH[4]) << 24)) + c);
c = (t4 >> 49);
t4 = (t4 & M);
a[0 + 4] = t4;
t5 = (((t5 - (m * P_LOW[5])) - ((m * P_HIGH[5]) << 24)) + c);
c = (t5 >> 49);
t5 = (t5 & M);
a[0 + 5] = t5;
t6 = (((t6 - (m * P_LOW[6])) - ((m * P_HIGH[6]) << 24)) + c);
c = (t6 >> 49);
t6 = (t6 & M);
a[0 + 6] = t6;
t7 = (((t7 - (m * P_LOW[7])) - ((m * P_HIGH[7]) << 24)) + c);
a[0 + 7] = t7;
    }

    @Override
    public void reduce(long[] a, int o) {
long c = 0L;
long t0 = (a[o] + c);
c = (t0 >>> 49);
t0 = (t0 & M);
long t1 = (a[o + 1] + c);
c = (t1 >>> 49);
t1 = (t1 & M);
long t2 = (a[o + 2] + c);
c = (t2 >>> 49);
t2 = (t2 & M);
long t3 = (a[o + 3] + c);
c = (t3 >>> 49);
t3 = (t3 & M);
long t4 = (a[o + 4] + c);
c = (t4 >>> 49);
t4 = (t4 & M);
long t5 = (a[o + 5] + c);
c = (t5 >>> 49);
t5 = (t5 & M);
long t6 = (a[o + 6] + c);
c = (t6 >>> 49);
t6 = (t6 & M);
long t7 = (a[o + 7] + c);
long m = (((t7 >>> 12) * QUOTIENT) >>> 50);
c = 0L;
t0 = (((t0 - (m * P_LOW[0])) - ((m * P_HIGH[0]) << 24)) + c);
c = (t0 >> 49);
t0 = (t0 & M);
a[o] = t0;
t1 = (((t1 - (m * P_LOW[1])) - ((m * P_HIGH[1]) << 24)) + c);
c = (t1 >> 49);
t1 = (t1 & M);
a[o + 1] = t1;
t2 = (((t2 - (m * P_LOW[2])) - ((m * P_HIGH[2]) << 24)) + c);
c = (t2 >> 49);
t2 = (t2 & M);
a[o + 2] = t2;
t3 = (((t3 - (m * P_LOW[3])) - ((m * P_HIGH[3]) << 24)) + c);
c = (t3 >> 49);
t3 = (t3 & M);
a[o + 3] = t3;
t4 = (((t4 - (m * P_LOW[4])) - ((m * P_HIGH[4]) << 24)) + c);
c = (t4 >> 49);
t4 = (t4 & M);
a[o + 4] = t4;
t5 = (((t5 - (m * P_LOW[5])) - ((m * P_HIGH[5]) << 24)) + c);
c = (t5 >> 49);
t5 = (t5 & M);
a[o + 5] = t5;
t6 = (((t6 - (m * P_LOW[6])) - ((m * P_HIGH[6]) << 24)) + c);
c = (t6 >> 49);
t6 = (t6 & M);
a[o + 6] = t6;
t7 = (((t7 - (m * P_LOW[7])) - ((m * P_HIGH[7]) << 24)) + c);
a[o + 7] = t7;
    }
}
