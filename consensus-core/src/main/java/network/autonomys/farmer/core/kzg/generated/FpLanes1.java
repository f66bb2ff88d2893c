package network.autonomys.farmer.core.kzg.generated;

import network.autonomys.farmer.core.kzg.FpLanes;

/** Base field arithmetic, 1 at a time; written by FpGenerator. */
public final class FpLanes1 extends FpLanes {
    private static final long M = 281474976710655L;
    private static final double HIGH = 1.901475900342344E30;
    private static final double DOWN = 0x1p-48;
    private static final double WHOLE = 6.755399441055744E15;
    /** Makes digits, from 0 on, of the bits of WHOLE and a limb. */
    private static final long DIGIT = -4843480661748613120L;
    /** The bits of 2^52, which a digit is put into to become a double, and what that is more than its limb. */
    private static final long BITS52 = 4841369599423283200L;
    private static final double LIMB = 4.644337115725824E15;
    /** -K and -p: what a multiple of p's inverse modulo 2^48, and of p itself, takes off. */
    private static final double[] MINUS_K = {-7.2534179196412E13, -6.8635456181239E13, 1.21460628512125E14, 1.1698276670028E13, 2.409099498876E12, 1.27248567318644E14, -5.3058248458658E13, -1.308853186E9};
    private static final double[] MINUS_P = {21845.0, 8.6500641359361E13, 1.0839982866433E13, -1.13459389855409E14, -8.3034393350847E13, -7.3992301405303E13, 2.7924617254986E13, -2.8591897852288E13};
    private static final double INVERSE = 1.2885098499E10;
    private static final double QUOTIENT = 3.497494308234517E-14;

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public void multiply(double[] a, int ao, double[] b, int bo, double[] z, int zo) {
double high = HIGH;
double down = DOWN;
double b0 = b[bo];
double k0 = MINUS_K[0];
double b1 = b[bo + 1];
double k1 = MINUS_K[1];
double b2 = b[bo + 2];
double k2 = MINUS_K[2];
double b3 = b[bo + 3];
double k3 = MINUS_K[3];
double b4 = b[bo + 4];
double k4 = MINUS_K[4];
double b5 = b[bo + 5];
double k5 = MINUS_K[5];
double b6 = b[bo + 6];
double k6 = MINUS_K[6];
double b7 = b[bo + 7];
double k7 = MINUS_K[7];
double h0 = high;
double l0 = 0.0;
double h1 = high;
double l1 = 0.0;
double h2 = high;
double l2 = 0.0;
double h3 = high;
double l3 = 0.0;
double h4 = high;
double l4 = 0.0;
double h5 = high;
double l5 = 0.0;
double h6 = high;
double l6 = 0.0;
double h7 = high;
double l7 = 0.0;
double h8 = high;
double l8 = 0.0;
double t;
double x = a[ao];
t = h0;
h0 = Math.fma(x, b0, h0);
l0 = (l0 + Math.fma(x, b0, (t - h0)));
t = h1;
h1 = Math.fma(x, b1, h1);
l1 = (l1 + Math.fma(x, b1, (t - h1)));
t = h2;
h2 = Math.fma(x, b2, h2);
l2 = (l2 + Math.fma(x, b2, (t - h2)));
t = h3;
h3 = Math.fma(x, b3, h3);
l3 = (l3 + Math.fma(x, b3, (t - h3)));
t = h4;
h4 = Math.fma(x, b4, h4);
l4 = (l4 + Math.fma(x, b4, (t - h4)));
t = h5;
h5 = Math.fma(x, b5, h5);
l5 = (l5 + Math.fma(x, b5, (t - h5)));
t = h6;
h6 = Math.fma(x, b6, h6);
l6 = (l6 + Math.fma(x, b6, (t - h6)));
t = h7;
h7 = Math.fma(x, b7, h7);
l7 = (l7 + Math.fma(x, b7, (t - h7)));
double m = l0;
for (int i = 1; i < 8; i++) {
x = a[ao + i];
t = h1;
h1 = Math.fma(x, b0, h1);
l1 = (l1 + Math.fma(x, b0, (t - h1)));
l1 = Math.fma((h0 - high), down, l1);
double c = ((l1 + high) - high);
l1 = (l1 - c);
l2 = Math.fma(c, down, l2);
t = h1;
h1 = Math.fma(m, k0, h1);
l1 = (l1 + Math.fma(m, k0, (t - h1)));
t = h2;
h2 = Math.fma(m, k1, h2);
l2 = (l2 + Math.fma(m, k1, (t - h2)));
t = h2;
h2 = Math.fma(x, b1, h2);
l2 = (l2 + Math.fma(x, b1, (t - h2)));
t = h3;
h3 = Math.fma(m, k2, h3);
l3 = (l3 + Math.fma(m, k2, (t - h3)));
t = h3;
h3 = Math.fma(x, b2, h3);
l3 = (l3 + Math.fma(x, b2, (t - h3)));
t = h4;
h4 = Math.fma(m, k3, h4);
l4 = (l4 + Math.fma(m, k3, (t - h4)));
t = h4;
h4 = Math.fma(x, b3, h4);
l4 = (l4 + Math.fma(x, b3, (t - h4)));
t = h5;
h5 = Math.fma(m, k4, h5);
l5 = (l5 + Math.fma(m, k4, (t - h5)));
t = h5;
h5 = Math.fma(x, b4, h5);
l5 = (l5 + Math.fma(x, b4, (t - h5)));
t = h6;
h6 = Math.fma(m, k5, h6);
l6 = (l6 + Math.fma(m, k5, (t - h6)));
t = h6;
h6 = Math.fma(x, b5, h6);
l6 = (l6 + Math.fma(x, b5, (t - h6)));
t = h7;
h7 = Math.fma(m, k6, h7);
l7 = (l7 + Math.fma(m, k6, (t - h7)));
t = h7;
h7 = Math.fma(x, b6, h7);
l7 = (l7 + Math.fma(x, b6, (t - h7)));
t = h8;
h8 = Math.fma(m, k7, h8);
l8 = (l8 + Math.fma(m, k7, (t - h8)));
t = h8;
h8 = Math.fma(x, b7, h8);
l8 = (l8 + Math.fma(x, b7, (t - h8)));
m = l1;
h0 = h1;
h1 = h2;
l1 = l2;
h2 = h3;
l2 = l3;
h3 = h4;
l3 = l4;
h4 = h5;
l4 = l5;
h5 = h6;
l5 = l6;
h6 = h7;
l6 = l7;
h7 = h8;
l7 = l8;
h8 = high;
l8 = 0.0;
}
l0 = m;
double inverse = INVERSE;
m = Math.fma(m, inverse, (high - Math.fma(m, inverse, high)));
t = h0;
h0 = Math.fma(m, MINUS_P[0], h0);
l0 = (l0 + Math.fma(m, MINUS_P[0], (t - h0)));
t = h1;
h1 = Math.fma(m, MINUS_P[1], h1);
l1 = (l1 + Math.fma(m, MINUS_P[1], (t - h1)));
t = h2;
h2 = Math.fma(m, MINUS_P[2], h2);
l2 = (l2 + Math.fma(m, MINUS_P[2], (t - h2)));
t = h3;
h3 = Math.fma(m, MINUS_P[3], h3);
l3 = (l3 + Math.fma(m, MINUS_P[3], (t - h3)));
t = h4;
h4 = Math.fma(m, MINUS_P[4], h4);
l4 = (l4 + Math.fma(m, MINUS_P[4], (t - h4)));
t = h5;
h5 = Math.fma(m, MINUS_P[5], h5);
l5 = (l5 + Math.fma(m, MINUS_P[5], (t - h5)));
t = h6;
h6 = Math.fma(m, MINUS_P[6], h6);
l6 = (l6 + Math.fma(m, MINUS_P[6], (t - h6)));
t = h7;
h7 = Math.fma(m, MINUS_P[7], h7);
l7 = (l7 + Math.fma(m, MINUS_P[7], (t - h7)));
l1 = Math.fma((h0 - high), down, l1);
l2 = Math.fma((h1 - high), down, l2);
l3 = Math.fma((h2 - high), down, l3);
l4 = Math.fma((h3 - high), down, l4);
l5 = Math.fma((h4 - high), down, l5);
l6 = Math.fma((h5 - high), down, l6);
l7 = Math.fma((h6 - high), down, l7);
l8 = Math.fma((h7 - high), down, l8);
l1 = Math.fma(l0, down, l1);
double c0 = ((l1 + high) - high);
double c1 = ((l2 + high) - high);
double c2 = ((l3 + high) - high);
double c3 = ((l4 + high) - high);
double c4 = ((l5 + high) - high);
double c5 = ((l6 + high) - high);
double c6 = ((l7 + high) - high);
z[zo] = (l1 - c0);
z[zo + 1] = Math.fma(c0, down, (l2 - c1));
z[zo + 2] = Math.fma(c1, down, (l3 - c2));
z[zo + 3] = Math.fma(c2, down, (l4 - c3));
z[zo + 4] = Math.fma(c3, down, (l5 - c4));
z[zo + 5] = Math.fma(c4, down, (l6 - c5));
z[zo + 6] = Math.fma(c5, down, (l7 - c6));
z[zo + 7] = Math.fma(c6, down, l8);
    }

    @Override
    public void load(long[] points, int[] references, int from, double[] z, int zo) {
loadX(points, references, from, z, zo);
loadY(points, references, from, z, zo + 8);
    }

    private static void loadX(long[] points, int[] references, int from, double[] z, int zo) {
int r0 = (references[from + 0] >>> 1) * 12;
long row0x0 = points[r0];
long row1x0 = points[r0 + 1];
long row2x0 = points[r0 + 2];
long row3x0 = points[r0 + 3];
long row4x0 = points[r0 + 4];
long row5x0 = points[r0 + 5];
double limb = LIMB;
z[zo] = (Double.longBitsToDouble((row0x0 & M) | BITS52) - limb);
z[zo + 1] = (Double.longBitsToDouble((((row0x0 >>> 48) | (row1x0 << 16)) & M) | BITS52) - limb);
z[zo + 2] = (Double.longBitsToDouble((((row1x0 >>> 32) | (row2x0 << 32)) & M) | BITS52) - limb);
z[zo + 3] = (Double.longBitsToDouble(((row2x0 >>> 16) & M) | BITS52) - limb);
z[zo + 4] = (Double.longBitsToDouble((row3x0 & M) | BITS52) - limb);
z[zo + 5] = (Double.longBitsToDouble((((row3x0 >>> 48) | (row4x0 << 16)) & M) | BITS52) - limb);
z[zo + 6] = (Double.longBitsToDouble((((row4x0 >>> 32) | (row5x0 << 32)) & M) | BITS52) - limb);
z[zo + 7] = (Double.longBitsToDouble((row5x0 >>> 16) | BITS52) - limb);
    }

    private static void loadY(long[] points, int[] references, int from, double[] z, int zo) {
int r0 = (references[from + 0] >>> 1) * 12 + 6;
long row0x0 = points[r0];
long row1x0 = points[r0 + 1];
long row2x0 = points[r0 + 2];
long row3x0 = points[r0 + 3];
long row4x0 = points[r0 + 4];
long row5x0 = points[r0 + 5];
double n = 1 - 2 * (references[from] & 1);
double limb = LIMB;
z[zo] = n * (Double.longBitsToDouble((row0x0 & M) | BITS52) - limb);
z[zo + 1] = n * (Double.longBitsToDouble((((row0x0 >>> 48) | (row1x0 << 16)) & M) | BITS52) - limb);
z[zo + 2] = n * (Double.longBitsToDouble((((row1x0 >>> 32) | (row2x0 << 32)) & M) | BITS52) - limb);
z[zo + 3] = n * (Double.longBitsToDouble(((row2x0 >>> 16) & M) | BITS52) - limb);
z[zo + 4] = n * (Double.longBitsToDouble((row3x0 & M) | BITS52) - limb);
z[zo + 5] = n * (Double.longBitsToDouble((((row3x0 >>> 48) | (row4x0 << 16)) & M) | BITS52) - limb);
z[zo + 6] = n * (Double.longBitsToDouble((((row4x0 >>> 32) | (row5x0 << 32)) & M) | BITS52) - limb);
z[zo + 7] = n * (Double.longBitsToDouble((row5x0 >>> 16) | BITS52) - limb);
    }

    @Override
    public void store(double[] x, double[] y, long[] points, int[] targets, int from, int width) {
store(x, points, targets, from, width, 0);
store(y, points, targets, from, width, 6);
    }

    private static void store(double[] a, long[] points, int[] targets, int from, int width, int coordinate) {
double whole = WHOLE;
long c = 0L;
long d0 = ((Double.doubleToRawLongBits(a[0] + whole) + DIGIT) + c);
c = (d0 >> 48);
d0 = (d0 & M);
long d1 = ((Double.doubleToRawLongBits(a[0 + 1] + whole) + DIGIT) + c);
c = (d1 >> 48);
d1 = (d1 & M);
long d2 = ((Double.doubleToRawLongBits(a[0 + 2] + whole) + DIGIT) + c);
c = (d2 >> 48);
d2 = (d2 & M);
long d3 = ((Double.doubleToRawLongBits(a[0 + 3] + whole) + DIGIT) + c);
c = (d3 >> 48);
d3 = (d3 & M);
long d4 = ((Double.doubleToRawLongBits(a[0 + 4] + whole) + DIGIT) + c);
c = (d4 >> 48);
d4 = (d4 & M);
long d5 = ((Double.doubleToRawLongBits(a[0 + 5] + whole) + DIGIT) + c);
c = (d5 >> 48);
d5 = (d5 & M);
long d6 = ((Double.doubleToRawLongBits(a[0 + 6] + whole) + DIGIT) + c);
c = (d6 >> 48);
d6 = (d6 & M);
long d7 = ((Double.doubleToRawLongBits(a[0 + 7] + whole) + DIGIT) + c);
long v0 = (d0 | (d1 << 48));
long v1 = ((d1 >>> 16) | (d2 << 32));
long v2 = ((d2 >>> 32) | (d3 << 16));
long v3 = (d4 | (d5 << 48));
long v4 = ((d5 >>> 16) | (d6 << 32));
long v5 = ((d6 >>> 32) | (d7 << 16));
points[targets[from + 0] * 12 + coordinate] = v0;
points[targets[from + 0] * 12 + coordinate + 1] = v1;
points[targets[from + 0] * 12 + coordinate + 2] = v2;
points[targets[from + 0] * 12 + coordinate + 3] = v3;
points[targets[from + 0] * 12 + coordinate + 4] = v4;
points[targets[from + 0] * 12 + coordinate + 5] = v5;
    }

    @Override
    public void difference(double[] b, int bo, double[] a, int ao, double[] z, int zo) {
z[zo] = (b[bo] - a[ao]);
z[zo + 1] = (b[bo + 1] - a[ao + 1]);
z[zo + 2] = (b[bo + 2] - a[ao + 2]);
z[zo + 3] = (b[bo + 3] - a[ao + 3]);
z[zo + 4] = (b[bo + 4] - a[ao + 4]);
z[zo + 5] = (b[bo + 5] - a[ao + 5]);
z[zo + 6] = (b[bo + 6] - a[ao + 6]);
z[zo + 7] = (b[bo + 7] - a[ao + 7]);
    }

    @Override
    public void subtractBoth(double[] a, double[] b, int bo, double[] o, int oo, double[] z) {
double high = HIGH;
double down = DOWN;
double whole = WHOLE;
double t0 = ((a[0] - b[bo]) - o[oo]);
double t1 = ((a[0 + 1] - b[bo + 1]) - o[oo + 1]);
double t2 = ((a[0 + 2] - b[bo + 2]) - o[oo + 2]);
double t3 = ((a[0 + 3] - b[bo + 3]) - o[oo + 3]);
double t4 = ((a[0 + 4] - b[bo + 4]) - o[oo + 4]);
double t5 = ((a[0 + 5] - b[bo + 5]) - o[oo + 5]);
double t6 = ((a[0 + 6] - b[bo + 6]) - o[oo + 6]);
double t7 = ((a[0 + 7] - b[bo + 7]) - o[oo + 7]);
double m = (Math.fma(t7, QUOTIENT, whole) - whole);
t0 = Math.fma(m, MINUS_P[0], t0);
t1 = Math.fma(m, MINUS_P[1], t1);
t2 = Math.fma(m, MINUS_P[2], t2);
t3 = Math.fma(m, MINUS_P[3], t3);
t4 = Math.fma(m, MINUS_P[4], t4);
t5 = Math.fma(m, MINUS_P[5], t5);
t6 = Math.fma(m, MINUS_P[6], t6);
t7 = Math.fma(m, MINUS_P[7], t7);
double c0 = ((t0 + high) - high);
double c1 = ((t1 + high) - high);
double c2 = ((t2 + high) - high);
double c3 = ((t3 + high) - high);
double c4 = ((t4 + high) - high);
double c5 = ((t5 + high) - high);
double c6 = ((t6 + high) - high);
z[0] = (t0 - c0);
z[0 + 1] = Math.fma(c0, down, (t1 - c1));
z[0 + 2] = Math.fma(c1, down, (t2 - c2));
z[0 + 3] = Math.fma(c2, down, (t3 - c3));
z[0 + 4] = Math.fma(c3, down, (t4 - c4));
z[0 + 5] = Math.fma(c4, down, (t5 - c5));
z[0 + 6] = Math.fma(c5, down, (t6 - c6));
z[0 + 7] = Math.fma(c6, down, t7);
    }

    @Override
    public void subtract(double[] a, double[] b, int bo) {
double high = HIGH;
double down = DOWN;
double whole = WHOLE;
double t0 = (a[0] - b[bo]);
double t1 = (a[0 + 1] - b[bo + 1]);
double t2 = (a[0 + 2] - b[bo + 2]);
double t3 = (a[0 + 3] - b[bo + 3]);
double t4 = (a[0 + 4] - b[bo + 4]);
double t5 = (a[0 + 5] - b[bo + 5]);
double t6 = (a[0 + 6] - b[bo + 6]);
double t7 = (a[0 + 7] - b[bo + 7]);
double m = (Math.fma(t7, QUOTIENT, whole) - whole);
t0 = Math.fma(m, MINUS_P[0], t0);
t1 = Math.fma(m, MINUS_P[1], t1);
t2 = Math.fma(m, MINUS_P[2], t2);
t3 = Math.fma(m, MINUS_P[3], t3);
t4 = Math.fma(m, MINUS_P[4], t4);
t5 = Math.fma(m, MINUS_P[5], t5);
t6 = Math.fma(m, MINUS_P[6], t6);
t7 = Math.fma(m, MINUS_P[7], t7);
double c0 = ((t0 + high) - high);
double c1 = ((t1 + high) - high);
double c2 = ((t2 + high) - high);
double c3 = ((t3 + high) - high);
double c4 = ((t4 + high) - high);
double c5 = ((t5 + high) - high);
double c6 = ((t6 + high) - high);
a[0] = (t0 - c0);
a[0 + 1] = Math.fma(c0, down, (t1 - c1));
a[0 + 2] = Math.fma(c1, down, (t2 - c2));
a[0 + 3] = Math.fma(c2, down, (t3 - c3));
a[0 + 4] = Math.fma(c3, down, (t4 - c4));
a[0 + 5] = Math.fma(c4, down, (t5 - c5));
a[0 + 6] = Math.fma(c5, down, (t6 - c6));
a[0 + 7] = Math.fma(c6, down, t7);
    }
}
