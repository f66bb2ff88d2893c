package network.autonomys.farmer.core.kzg.generated;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import network.autonomys.farmer.core.kzg.FpLanes;

/** Base field arithmetic, 8 at a time; written by FpGenerator. */
public final class FpLanes8 extends FpLanes {
    private static final VectorSpecies<Long> S = LongVector.SPECIES_512;
    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_512;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_256;
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
    private static final VectorMask<Long> REST = VectorMask.fromLong(S, 63L);
    private static final VectorShuffle<Long> SWAP1 = VectorShuffle.fromOp(S, lane -> lane ^ 1);
    private static final VectorMask<Long> UPPER1 = VectorMask.fromLong(S, 170L);
    private static final VectorShuffle<Long> SWAP2 = VectorShuffle.fromOp(S, lane -> lane ^ 2);
    private static final VectorMask<Long> UPPER2 = VectorMask.fromLong(S, 204L);
    private static final VectorShuffle<Long> SWAP4 = VectorShuffle.fromOp(S, lane -> lane ^ 4);
    private static final VectorMask<Long> UPPER4 = VectorMask.fromLong(S, 240L);

    @Override
    public int lanes() {
        return 8;
    }

    @Override
    public void multiply(double[] a, int ao, double[] b, int bo, double[] z, int zo) {
DoubleVector high = DoubleVector.broadcast(D, HIGH);
DoubleVector down = DoubleVector.broadcast(D, DOWN);
DoubleVector b0 = DoubleVector.fromArray(D, b, bo);
DoubleVector k0 = DoubleVector.broadcast(D, MINUS_K[0]);
DoubleVector b1 = DoubleVector.fromArray(D, b, bo + 8);
DoubleVector k1 = DoubleVector.broadcast(D, MINUS_K[1]);
DoubleVector b2 = DoubleVector.fromArray(D, b, bo + 16);
DoubleVector k2 = DoubleVector.broadcast(D, MINUS_K[2]);
DoubleVector b3 = DoubleVector.fromArray(D, b, bo + 24);
DoubleVector k3 = DoubleVector.broadcast(D, MINUS_K[3]);
DoubleVector b4 = DoubleVector.fromArray(D, b, bo + 32);
DoubleVector k4 = DoubleVector.broadcast(D, MINUS_K[4]);
DoubleVector b5 = DoubleVector.fromArray(D, b, bo + 40);
DoubleVector k5 = DoubleVector.broadcast(D, MINUS_K[5]);
DoubleVector b6 = DoubleVector.fromArray(D, b, bo + 48);
DoubleVector k6 = DoubleVector.broadcast(D, MINUS_K[6]);
DoubleVector b7 = DoubleVector.fromArray(D, b, bo + 56);
DoubleVector k7 = DoubleVector.broadcast(D, MINUS_K[7]);
DoubleVector h0 = high;
DoubleVector l0 = DoubleVector.broadcast(D, 0.0);
DoubleVector h1 = high;
DoubleVector l1 = DoubleVector.broadcast(D, 0.0);
DoubleVector h2 = high;
DoubleVector l2 = DoubleVector.broadcast(D, 0.0);
DoubleVector h3 = high;
DoubleVector l3 = DoubleVector.broadcast(D, 0.0);
DoubleVector h4 = high;
DoubleVector l4 = DoubleVector.broadcast(D, 0.0);
DoubleVector h5 = high;
DoubleVector l5 = DoubleVector.broadcast(D, 0.0);
DoubleVector h6 = high;
DoubleVector l6 = DoubleVector.broadcast(D, 0.0);
DoubleVector h7 = high;
DoubleVector l7 = DoubleVector.broadcast(D, 0.0);
DoubleVector h8 = high;
DoubleVector l8 = DoubleVector.broadcast(D, 0.0);
DoubleVector t;
DoubleVector x = DoubleVector.fromArray(D, a, ao);
t = h0;
h0 = x.fma(b0, h0);
l0 = l0.add(x.fma(b0, t.sub(h0)));
t = h1;
h1 = x.fma(b1, h1);
l1 = l1.add(x.fma(b1, t.sub(h1)));
t = h2;
h2 = x.fma(b2, h2);
l2 = l2.add(x.fma(b2, t.sub(h2)));
t = h3;
h3 = x.fma(b3, h3);
l3 = l3.add(x.fma(b3, t.sub(h3)));
t = h4;
h4 = x.fma(b4, h4);
l4 = l4.add(x.fma(b4, t.sub(h4)));
t = h5;
h5 = x.fma(b5, h5);
l5 = l5.add(x.fma(b5, t.sub(h5)));
t = h6;
h6 = x.fma(b6, h6);
l6 = l6.add(x.fma(b6, t.sub(h6)));
t = h7;
h7 = x.fma(b7, h7);
l7 = l7.add(x.fma(b7, t.sub(h7)));
DoubleVector m = l0;
for (int i = 1; i < 8; i++) {
x = DoubleVector.fromArray(D, a, ao + 8 * i);
t = h1;
h1 = x.fma(b0, h1);
l1 = l1.add(x.fma(b0, t.sub(h1)));
l1 = h0.sub(high).fma(down, l1);
DoubleVector c = l1.add(high).sub(high);
l1 = l1.sub(c);
l2 = c.fma(down, l2);
t = h1;
h1 = m.fma(k0, h1);
l1 = l1.add(m.fma(k0, t.sub(h1)));
t = h2;
h2 = m.fma(k1, h2);
l2 = l2.add(m.fma(k1, t.sub(h2)));
t = h2;
h2 = x.fma(b1, h2);
l2 = l2.add(x.fma(b1, t.sub(h2)));
t = h3;
h3 = m.fma(k2, h3);
l3 = l3.add(m.fma(k2, t.sub(h3)));
t = h3;
h3 = x.fma(b2, h3);
l3 = l3.add(x.fma(b2, t.sub(h3)));
t = h4;
h4 = m.fma(k3, h4);
l4 = l4.add(m.fma(k3, t.sub(h4)));
t = h4;
h4 = x.fma(b3, h4);
l4 = l4.add(x.fma(b3, t.sub(h4)));
t = h5;
h5 = m.fma(k4, h5);
l5 = l5.add(m.fma(k4, t.sub(h5)));
t = h5;
h5 = x.fma(b4, h5);
l5 = l5.add(x.fma(b4, t.sub(h5)));
t = h6;
h6 = m.fma(k5, h6);
l6 = l6.add(m.fma(k5, t.sub(h6)));
t = h6;
h6 = x.fma(b5, h6);
l6 = l6.add(x.fma(b5, t.sub(h6)));
t = h7;
h7 = m.fma(k6, h7);
l7 = l7.add(m.fma(k6, t.sub(h7)));
t = h7;
h7 = x.fma(b6, h7);
l7 = l7.add(x.fma(b6, t.sub(h7)));
t = h8;
h8 = m.fma(k7, h8);
l8 = l8.add(m.fma(k7, t.sub(h8)));
t = h8;
h8 = x.fma(b7, h8);
l8 = l8.add(x.fma(b7, t.sub(h8)));
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
l8 = DoubleVector.broadcast(D, 0.0);
}
l0 = m;
DoubleVector inverse = DoubleVector.broadcast(D, INVERSE);
m = m.fma(inverse, high.sub(m.fma(inverse, high)));
t = h0;
h0 = m.fma(DoubleVector.broadcast(D, MINUS_P[0]), h0);
l0 = l0.add(m.fma(DoubleVector.broadcast(D, MINUS_P[0]), t.sub(h0)));
t = h1;
h1 = m.fma(DoubleVector.broadcast(D, MINUS_P[1]), h1);
l1 = l1.add(m.fma(DoubleVector.broadcast(D, MINUS_P[1]), t.sub(h1)));
t = h2;
h2 = m.fma(DoubleVector.broadcast(D, MINUS_P[2]), h2);
l2 = l2.add(m.fma(DoubleVector.broadcast(D, MINUS_P[2]), t.sub(h2)));
t = h3;
h3 = m.fma(DoubleVector.broadcast(D, MINUS_P[3]), h3);
l3 = l3.add(m.fma(DoubleVector.broadcast(D, MINUS_P[3]), t.sub(h3)));
t = h4;
h4 = m.fma(DoubleVector.broadcast(D, MINUS_P[4]), h4);
l4 = l4.add(m.fma(DoubleVector.broadcast(D, MINUS_P[4]), t.sub(h4)));
t = h5;
h5 = m.fma(DoubleVector.broadcast(D, MINUS_P[5]), h5);
l5 = l5.add(m.fma(DoubleVector.broadcast(D, MINUS_P[5]), t.sub(h5)));
t = h6;
h6 = m.fma(DoubleVector.broadcast(D, MINUS_P[6]), h6);
l6 = l6.add(m.fma(DoubleVector.broadcast(D, MINUS_P[6]), t.sub(h6)));
t = h7;
h7 = m.fma(DoubleVector.broadcast(D, MINUS_P[7]), h7);
l7 = l7.add(m.fma(DoubleVector.broadcast(D, MINUS_P[7]), t.sub(h7)));
l1 = h0.sub(high).fma(down, l1);
l2 = h1.sub(high).fma(down, l2);
l3 = h2.sub(high).fma(down, l3);
l4 = h3.sub(high).fma(down, l4);
l5 = h4.sub(high).fma(down, l5);
l6 = h5.sub(high).fma(down, l6);
l7 = h6.sub(high).fma(down, l7);
l8 = h7.sub(high).fma(down, l8);
l1 = l0.fma(down, l1);
DoubleVector c0 = l1.add(high).sub(high);
DoubleVector c1 = l2.add(high).sub(high);
DoubleVector c2 = l3.add(high).sub(high);
DoubleVector c3 = l4.add(high).sub(high);
DoubleVector c4 = l5.add(high).sub(high);
DoubleVector c5 = l6.add(high).sub(high);
DoubleVector c6 = l7.add(high).sub(high);
l1.sub(c0).intoArray(z, zo);
c0.fma(down, l2.sub(c1)).intoArray(z, zo + 8);
c1.fma(down, l3.sub(c2)).intoArray(z, zo + 16);
c2.fma(down, l4.sub(c3)).intoArray(z, zo + 24);
c3.fma(down, l5.sub(c4)).intoArray(z, zo + 32);
c4.fma(down, l6.sub(c5)).intoArray(z, zo + 40);
c5.fma(down, l7.sub(c6)).intoArray(z, zo + 48);
c6.fma(down, l8).intoArray(z, zo + 56);
    }

    @Override
    public void load(long[] points, int[] references, int from, double[] z, int zo) {
loadX(points, references, from, z, zo);
loadY(points, references, from, z, zo + 64);
    }

    private static void loadX(long[] points, int[] references, int from, double[] z, int zo) {
int r0 = (references[from + 0] >>> 1) * 12;
int r1 = (references[from + 1] >>> 1) * 12;
int r2 = (references[from + 2] >>> 1) * 12;
int r3 = (references[from + 3] >>> 1) * 12;
int r4 = (references[from + 4] >>> 1) * 12;
int r5 = (references[from + 5] >>> 1) * 12;
int r6 = (references[from + 6] >>> 1) * 12;
int r7 = (references[from + 7] >>> 1) * 12;
LongVector row0x0 = LongVector.fromArray(S, points, r0);
LongVector row0x1 = LongVector.fromArray(S, points, r1);
LongVector row0x2 = LongVector.fromArray(S, points, r2);
LongVector row0x3 = LongVector.fromArray(S, points, r3);
LongVector row0x4 = LongVector.fromArray(S, points, r4);
LongVector row0x5 = LongVector.fromArray(S, points, r5);
LongVector row0x6 = LongVector.fromArray(S, points, r6);
LongVector row0x7 = LongVector.fromArray(S, points, r7);
LongVector s0x0 = row0x0.blend(row0x4.rearrange(SWAP4), UPPER4);
LongVector s0x1 = row0x0.rearrange(SWAP4).blend(row0x4, UPPER4);
LongVector s0x2 = row0x1.blend(row0x5.rearrange(SWAP4), UPPER4);
LongVector s0x3 = row0x1.rearrange(SWAP4).blend(row0x5, UPPER4);
LongVector s0x4 = row0x2.blend(row0x6.rearrange(SWAP4), UPPER4);
LongVector s0x5 = row0x2.rearrange(SWAP4).blend(row0x6, UPPER4);
LongVector s0x6 = row0x3.blend(row0x7.rearrange(SWAP4), UPPER4);
LongVector s0x7 = row0x3.rearrange(SWAP4).blend(row0x7, UPPER4);
LongVector s0x8 = s0x0.blend(s0x4.rearrange(SWAP2), UPPER2);
LongVector s0x9 = s0x0.rearrange(SWAP2).blend(s0x4, UPPER2);
LongVector s0x10 = s0x2.blend(s0x6.rearrange(SWAP2), UPPER2);
LongVector s0x11 = s0x2.rearrange(SWAP2).blend(s0x6, UPPER2);
LongVector s0x12 = s0x1.blend(s0x5.rearrange(SWAP2), UPPER2);
LongVector s0x13 = s0x1.rearrange(SWAP2).blend(s0x5, UPPER2);
LongVector s0x14 = s0x3.blend(s0x7.rearrange(SWAP2), UPPER2);
LongVector s0x15 = s0x3.rearrange(SWAP2).blend(s0x7, UPPER2);
LongVector s0x16 = s0x8.blend(s0x10.rearrange(SWAP1), UPPER1);
LongVector s0x17 = s0x8.rearrange(SWAP1).blend(s0x10, UPPER1);
LongVector s0x18 = s0x9.blend(s0x11.rearrange(SWAP1), UPPER1);
LongVector s0x19 = s0x9.rearrange(SWAP1).blend(s0x11, UPPER1);
LongVector s0x20 = s0x12.blend(s0x14.rearrange(SWAP1), UPPER1);
LongVector s0x21 = s0x12.rearrange(SWAP1).blend(s0x14, UPPER1);
DoubleVector limb = DoubleVector.broadcast(D, LIMB);
s0x16.and(M).or(BITS52).reinterpretAsDoubles().sub(limb).intoArray(z, zo);
s0x16.lanewise(VectorOperators.LSHR, 48).or(s0x17.lanewise(VectorOperators.LSHL, 16)).and(M).or(BITS52).reinterpretAsDoubles().sub(limb).intoArray(z, zo + 8);
s0x17.lanewise(VectorOperators.LSHR, 32).or(s0x18.lanewise(VectorOperators.LSHL, 32)).and(M).or(BITS52).reinterpretAsDoubles().sub(limb).intoArray(z, zo + 16);
s0x18.lanewise(VectorOperators.LSHR, 16).and(M).or(BITS52).reinterpretAsDoubles().sub(limb).intoArray(z, zo + 24);
s0x19.and(M).or(BITS52).reinterpretAsDoubles().sub(limb).intoArray(z, zo + 32);
s0x19.lanewise(VectorOperators.LSHR, 48).or(s0x20.lanewise(VectorOperators.LSHL, 16)).and(M).or(BITS52).reinterpretAsDoubles().sub(limb).intoArray(z, zo + 40);
s0x20.lanewise(VectorOperators.LSHR, 32).or(s0x21.lanewise(VectorOperators.LSHL, 32)).and(M).or(BITS52).reinterpretAsDoubles().sub(limb).intoArray(z, zo + 48);
s0x21.lanewise(VectorOperators.LSHR, 16).or(BITS52).reinterpretAsDoubles().sub(limb).intoArray(z, zo + 56);
    }

    private static void loadY(long[] points, int[] references, int from, double[] z, int zo) {
int r0 = (references[from + 0] >>> 1) * 12 + 6;
int r1 = (references[from + 1] >>> 1) * 12 + 6;
int r2 = (references[from + 2] >>> 1) * 12 + 6;
int r3 = (references[from + 3] >>> 1) * 12 + 6;
int r4 = (references[from + 4] >>> 1) * 12 + 6;
int r5 = (references[from + 5] >>> 1) * 12 + 6;
int r6 = (references[from + 6] >>> 1) * 12 + 6;
int r7 = (references[from + 7] >>> 1) * 12 + 6;
LongVector row0x0 = LongVector.fromArray(S, points, r0);
LongVector row0x1 = LongVector.fromArray(S, points, r1);
LongVector row0x2 = LongVector.fromArray(S, points, r2);
LongVector row0x3 = LongVector.fromArray(S, points, r3);
LongVector row0x4 = LongVector.fromArray(S, points, r4);
LongVector row0x5 = LongVector.fromArray(S, points, r5);
LongVector row0x6 = LongVector.fromArray(S, points, r6);
LongVector row0x7 = LongVector.fromArray(S, points, r7);
LongVector s0x0 = row0x0.blend(row0x4.rearrange(SWAP4), UPPER4);
LongVector s0x1 = row0x0.rearrange(SWAP4).blend(row0x4, UPPER4);
LongVector s0x2 = row0x1.blend(row0x5.rearrange(SWAP4), UPPER4);
LongVector s0x3 = row0x1.rearrange(SWAP4).blend(row0x5, UPPER4);
LongVector s0x4 = row0x2.blend(row0x6.rearrange(SWAP4), UPPER4);
LongVector s0x5 = row0x2.rearrange(SWAP4).blend(row0x6, UPPER4);
LongVector s0x6 = row0x3.blend(row0x7.rearrange(SWAP4), UPPER4);
LongVector s0x7 = row0x3.rearrange(SWAP4).blend(row0x7, UPPER4);
LongVector s0x8 = s0x0.blend(s0x4.rearrange(SWAP2), UPPER2);
LongVector s0x9 = s0x0.rearrange(SWAP2).blend(s0x4, UPPER2);
LongVector s0x10 = s0x2.blend(s0x6.rearrange(SWAP2), UPPER2);
LongVector s0x11 = s0x2.rearrange(SWAP2).blend(s0x6, UPPER2);
LongVector s0x12 = s0x1.blend(s0x5.rearrange(SWAP2), UPPER2);
LongVector s0x13 = s0x1.rearrange(SWAP2).blend(s0x5, UPPER2);
LongVector s0x14 = s0x3.blend(s0x7.rearrange(SWAP2), UPPER2);
LongVector s0x15 = s0x3.rearrange(SWAP2).blend(s0x7, UPPER2);
LongVector s0x16 = s0x8.blend(s0x10.rearrange(SWAP1), UPPER1);
LongVector s0x17 = s0x8.rearrange(SWAP1).blend(s0x10, UPPER1);
LongVector s0x18 = s0x9.blend(s0x11.rearrange(SWAP1), UPPER1);
LongVector s0x19 = s0x9.rearrange(SWAP1).blend(s0x11, UPPER1);
LongVector s0x20 = s0x12.blend(s0x14.rearrange(SWAP1), UPPER1);
LongVector s0x21 = s0x12.rearrange(SWAP1).blend(s0x14, UPPER1);
LongVector n = ((LongVector) IntVector.fromArray(I, references, from).convertShape(VectorOperators.I2L, S, 0)).lanewise(VectorOperators.LSHL, 63);
DoubleVector limb = DoubleVector.broadcast(D, LIMB);
s0x16.and(M).or(BITS52).reinterpretAsDoubles().sub(limb).reinterpretAsLongs().lanewise(VectorOperators.XOR, n).reinterpretAsDoubles().intoArray(z, zo);
s0x16.lanewise(VectorOperators.LSHR, 48).or(s0x17.lanewise(VectorOperators.LSHL, 16)).and(M).or(BITS52).reinterpretAsDoubles().sub(limb).reinterpretAsLongs().lanewise(VectorOperators.XOR, n).reinterpretAsDoubles().intoArray(z, zo + 8);
s0x17.lanewise(VectorOperators.LSHR, 32).or(s0x18.lanewise(VectorOperators.LSHL, 32)).and(M).or(BITS52).reinterpretAsDoubles().sub(limb).reinterpretAsLongs().lanewise(VectorOperators.XOR, n).reinterpretAsDoubles().intoArray(z, zo + 16);
s0x18.lanewise(VectorOperators.LSHR, 16).and(M).or(BITS52).reinterpretAsDoubles().sub(limb).reinterpretAsLongs().lanewise(VectorOperators.XOR, n).reinterpretAsDoubles().intoArray(z, zo + 24);
s0x19.and(M).or(BITS52).reinterpretAsDoubles().sub(limb).reinterpretAsLongs().lanewise(VectorOperators.XOR, n).reinterpretAsDoubles().intoArray(z, zo + 32);
s0x19.lanewise(VectorOperators.LSHR, 48).or(s0x20.lanewise(VectorOperators.LSHL, 16)).and(M).or(BITS52).reinterpretAsDoubles().sub(limb).reinterpretAsLongs().lanewise(VectorOperators.XOR, n).reinterpretAsDoubles().intoArray(z, zo + 40);
s0x20.lanewise(VectorOperators.LSHR, 32).or(s0x21.lanewise(VectorOperators.LSHL, 32)).and(M).or(BITS52).reinterpretAsDoubles().sub(limb).reinterpretAsLongs().lanewise(VectorOperators.XOR, n).reinterpretAsDoubles().intoArray(z, zo + 48);
s0x21.lanewise(VectorOperators.LSHR, 16).or(BITS52).reinterpretAsDoubles().sub(limb).reinterpretAsLongs().lanewise(VectorOperators.XOR, n).reinterpretAsDoubles().intoArray(z, zo + 56);
    }

    @Override
    public void store(double[] x, double[] y, long[] points, int[] targets, int from, int width) {
store(x, points, targets, from, width, 0);
store(y, points, targets, from, width, 6);
    }

    private static void store(double[] a, long[] points, int[] targets, int from, int width, int coordinate) {
DoubleVector whole = DoubleVector.broadcast(D, WHOLE);
LongVector c = LongVector.zero(S);
LongVector d0 = DoubleVector.fromArray(D, a, 0).add(whole).reinterpretAsLongs().add(DIGIT).add(c);
c = d0.lanewise(VectorOperators.ASHR, 48);
d0 = d0.and(M);
LongVector d1 = DoubleVector.fromArray(D, a, 0 + 8).add(whole).reinterpretAsLongs().add(DIGIT).add(c);
c = d1.lanewise(VectorOperators.ASHR, 48);
d1 = d1.and(M);
LongVector d2 = DoubleVector.fromArray(D, a, 0 + 16).add(whole).reinterpretAsLongs().add(DIGIT).add(c);
c = d2.lanewise(VectorOperators.ASHR, 48);
d2 = d2.and(M);
LongVector d3 = DoubleVector.fromArray(D, a, 0 + 24).add(whole).reinterpretAsLongs().add(DIGIT).add(c);
c = d3.lanewise(VectorOperators.ASHR, 48);
d3 = d3.and(M);
LongVector d4 = DoubleVector.fromArray(D, a, 0 + 32).add(whole).reinterpretAsLongs().add(DIGIT).add(c);
c = d4.lanewise(VectorOperators.ASHR, 48);
d4 = d4.and(M);
LongVector d5 = DoubleVector.fromArray(D, a, 0 + 40).add(whole).reinterpretAsLongs().add(DIGIT).add(c);
c = d5.lanewise(VectorOperators.ASHR, 48);
d5 = d5.and(M);
LongVector d6 = DoubleVector.fromArray(D, a, 0 + 48).add(whole).reinterpretAsLongs().add(DIGIT).add(c);
c = d6.lanewise(VectorOperators.ASHR, 48);
d6 = d6.and(M);
LongVector d7 = DoubleVector.fromArray(D, a, 0 + 56).add(whole).reinterpretAsLongs().add(DIGIT).add(c);
LongVector v0 = d0.or(d1.lanewise(VectorOperators.LSHL, 48));
LongVector v1 = d1.lanewise(VectorOperators.LSHR, 16).or(d2.lanewise(VectorOperators.LSHL, 32));
LongVector v2 = d2.lanewise(VectorOperators.LSHR, 32).or(d3.lanewise(VectorOperators.LSHL, 16));
LongVector v3 = d4.or(d5.lanewise(VectorOperators.LSHL, 48));
LongVector v4 = d5.lanewise(VectorOperators.LSHR, 16).or(d6.lanewise(VectorOperators.LSHL, 32));
LongVector v5 = d6.lanewise(VectorOperators.LSHR, 32).or(d7.lanewise(VectorOperators.LSHL, 16));
LongVector s0x0 = v0.blend(v4.rearrange(SWAP4), UPPER4);
LongVector s0x1 = v0.rearrange(SWAP4).blend(v4, UPPER4);
LongVector s0x2 = v1.blend(v5.rearrange(SWAP4), UPPER4);
LongVector s0x3 = v1.rearrange(SWAP4).blend(v5, UPPER4);
LongVector s0x4 = v2.blend(LongVector.zero(S).rearrange(SWAP4), UPPER4);
LongVector s0x5 = v2.rearrange(SWAP4).blend(LongVector.zero(S), UPPER4);
LongVector s0x6 = v3.blend(LongVector.zero(S).rearrange(SWAP4), UPPER4);
LongVector s0x7 = v3.rearrange(SWAP4).blend(LongVector.zero(S), UPPER4);
LongVector s0x8 = s0x0.blend(s0x4.rearrange(SWAP2), UPPER2);
LongVector s0x9 = s0x0.rearrange(SWAP2).blend(s0x4, UPPER2);
LongVector s0x10 = s0x2.blend(s0x6.rearrange(SWAP2), UPPER2);
LongVector s0x11 = s0x2.rearrange(SWAP2).blend(s0x6, UPPER2);
LongVector s0x12 = s0x1.blend(s0x5.rearrange(SWAP2), UPPER2);
LongVector s0x13 = s0x1.rearrange(SWAP2).blend(s0x5, UPPER2);
LongVector s0x14 = s0x3.blend(s0x7.rearrange(SWAP2), UPPER2);
LongVector s0x15 = s0x3.rearrange(SWAP2).blend(s0x7, UPPER2);
LongVector s0x16 = s0x8.blend(s0x10.rearrange(SWAP1), UPPER1);
LongVector s0x17 = s0x8.rearrange(SWAP1).blend(s0x10, UPPER1);
LongVector s0x18 = s0x9.blend(s0x11.rearrange(SWAP1), UPPER1);
LongVector s0x19 = s0x9.rearrange(SWAP1).blend(s0x11, UPPER1);
LongVector s0x20 = s0x12.blend(s0x14.rearrange(SWAP1), UPPER1);
LongVector s0x21 = s0x12.rearrange(SWAP1).blend(s0x14, UPPER1);
LongVector s0x22 = s0x13.blend(s0x15.rearrange(SWAP1), UPPER1);
LongVector s0x23 = s0x13.rearrange(SWAP1).blend(s0x15, UPPER1);
s0x16.intoArray(points, targets[from + 0] * 12 + coordinate, REST);
if (width > 1)
s0x17.intoArray(points, targets[from + 1] * 12 + coordinate, REST);
if (width > 2)
s0x18.intoArray(points, targets[from + 2] * 12 + coordinate, REST);
if (width > 3)
s0x19.intoArray(points, targets[from + 3] * 12 + coordinate, REST);
if (width > 4)
s0x20.intoArray(points, targets[from + 4] * 12 + coordinate, REST);
if (width > 5)
s0x21.intoArray(points, targets[from + 5] * 12 + coordinate, REST);
if (width > 6)
s0x22.intoArray(points, targets[from + 6] * 12 + coordinate, REST);
if (width > 7)
s0x23.intoArray(points, targets[from + 7] * 12 + coordinate, REST);
    }

    @Override
    public void difference(double[] b, int bo, double[] a, int ao, double[] z, int zo) {
DoubleVector.fromArray(D, b, bo).sub(DoubleVector.fromArray(D, a, ao)).intoArray(z, zo);
DoubleVector.fromArray(D, b, bo + 8).sub(DoubleVector.fromArray(D, a, ao + 8)).intoArray(z, zo + 8);
DoubleVector.fromArray(D, b, bo + 16).sub(DoubleVector.fromArray(D, a, ao + 16)).intoArray(z, zo + 16);
DoubleVector.fromArray(D, b, bo + 24).sub(DoubleVector.fromArray(D, a, ao + 24)).intoArray(z, zo + 24);
DoubleVector.fromArray(D, b, bo + 32).sub(DoubleVector.fromArray(D, a, ao + 32)).intoArray(z, zo + 32);
DoubleVector.fromArray(D, b, bo + 40).sub(DoubleVector.fromArray(D, a, ao + 40)).intoArray(z, zo + 40);
DoubleVector.fromArray(D, b, bo + 48).sub(DoubleVector.fromArray(D, a, ao + 48)).intoArray(z, zo + 48);
DoubleVector.fromArray(D, b, bo + 56).sub(DoubleVector.fromArray(D, a, ao + 56)).intoArray(z, zo + 56);
    }

    @Override
    public void subtractBoth(double[] a, double[] b, int bo, double[] o, int oo, double[] z) {
DoubleVector high = DoubleVector.broadcast(D, HIGH);
DoubleVector down = DoubleVector.broadcast(D, DOWN);
DoubleVector whole = DoubleVector.broadcast(D, WHOLE);
DoubleVector t0 = DoubleVector.fromArray(D, a, 0).sub(DoubleVector.fromArray(D, b, bo)).sub(DoubleVector.fromArray(D, o, oo));
DoubleVector t1 = DoubleVector.fromArray(D, a, 0 + 8).sub(DoubleVector.fromArray(D, b, bo + 8)).sub(DoubleVector.fromArray(D, o, oo + 8));
DoubleVector t2 = DoubleVector.fromArray(D, a, 0 + 16).sub(DoubleVector.fromArray(D, b, bo + 16)).sub(DoubleVector.fromArray(D, o, oo + 16));
DoubleVector t3 = DoubleVector.fromArray(D, a, 0 + 24).sub(DoubleVector.fromArray(D, b, bo + 24)).sub(DoubleVector.fromArray(D, o, oo + 24));
DoubleVector t4 = DoubleVector.fromArray(D, a, 0 + 32).sub(DoubleVector.fromArray(D, b, bo + 32)).sub(DoubleVector.fromArray(D, o, oo + 32));
DoubleVector t5 = DoubleVector.fromArray(D, a, 0 + 40).sub(DoubleVector.fromArray(D, b, bo + 40)).sub(DoubleVector.fromArray(D, o, oo + 40));
DoubleVector t6 = DoubleVector.fromArray(D, a, 0 + 48).sub(DoubleVector.fromArray(D, b, bo + 48)).sub(DoubleVector.fromArray(D, o, oo + 48));
DoubleVector t7 = DoubleVector.fromArray(D, a, 0 + 56).sub(DoubleVector.fromArray(D, b, bo + 56)).sub(DoubleVector.fromArray(D, o, oo + 56));
DoubleVector m = t7.fma(DoubleVector.broadcast(D, QUOTIENT), whole).sub(whole);
t0 = m.fma(DoubleVector.broadcast(D, MINUS_P[0]), t0);
t1 = m.fma(DoubleVector.broadcast(D, MINUS_P[1]), t1);
t2 = m.fma(DoubleVector.broadcast(D, MINUS_P[2]), t2);
t3 = m.fma(DoubleVector.broadcast(D, MINUS_P[3]), t3);
t4 = m.fma(DoubleVector.broadcast(D, MINUS_P[4]), t4);
t5 = m.fma(DoubleVector.broadcast(D, MINUS_P[5]), t5);
t6 = m.fma(DoubleVector.broadcast(D, MINUS_P[6]), t6);
t7 = m.fma(DoubleVector.broadcast(D, MINUS_P[7]), t7);
DoubleVector c0 = t0.add(high).sub(high);
DoubleVector c1 = t1.add(high).sub(high);
DoubleVector c2 = t2.add(high).sub(high);
DoubleVector c3 = t3.add(high).sub(high);
DoubleVector c4 = t4.add(high).sub(high);
DoubleVector c5 = t5.add(high).sub(high);
DoubleVector c6 = t6.add(high).sub(high);
t0.sub(c0).intoArray(z, 0);
c0.fma(down, t1.sub(c1)).intoArray(z, 0 + 8);
c1.fma(down, t2.sub(c2)).intoArray(z, 0 + 16);
c2.fma(down, t3.sub(c3)).intoArray(z, 0 + 24);
c3.fma(down, t4.sub(c4)).intoArray(z, 0 + 32);
c4.fma(down, t5.sub(c5)).intoArray(z, 0 + 40);
c5.fma(down, t6.sub(c6)).intoArray(z, 0 + 48);
c6.fma(down, t7).intoArray(z, 0 + 56);
    }

    @Override
    public void subtract(double[] a, double[] b, int bo) {
DoubleVector high = DoubleVector.broadcast(D, HIGH);
DoubleVector down = DoubleVector.broadcast(D, DOWN);
DoubleVector whole = DoubleVector.broadcast(D, WHOLE);
DoubleVector t0 = DoubleVector.fromArray(D, a, 0).sub(DoubleVector.fromArray(D, b, bo));
DoubleVector t1 = DoubleVector.fromArray(D, a, 0 + 8).sub(DoubleVector.fromArray(D, b, bo + 8));
DoubleVector t2 = DoubleVector.fromArray(D, a, 0 + 16).sub(DoubleVector.fromArray(D, b, bo + 16));
DoubleVector t3 = DoubleVector.fromArray(D, a, 0 + 24).sub(DoubleVector.fromArray(D, b, bo + 24));
DoubleVector t4 = DoubleVector.fromArray(D, a, 0 + 32).sub(DoubleVector.fromArray(D, b, bo + 32));
DoubleVector t5 = DoubleVector.fromArray(D, a, 0 + 40).sub(DoubleVector.fromArray(D, b, bo + 40));
DoubleVector t6 = DoubleVector.fromArray(D, a, 0 + 48).sub(DoubleVector.fromArray(D, b, bo + 48));
DoubleVector t7 = DoubleVector.fromArray(D, a, 0 + 56).sub(DoubleVector.fromArray(D, b, bo + 56));
DoubleVector m = t7.fma(DoubleVector.broadcast(D, QUOTIENT), whole).sub(whole);
t0 = m.fma(DoubleVector.broadcast(D, MINUS_P[0]), t0);
t1 = m.fma(DoubleVector.broadcast(D, MINUS_P[1]), t1);
t2 = m.fma(DoubleVector.broadcast(D, MINUS_P[2]), t2);
t3 = m.fma(DoubleVector.broadcast(D, MINUS_P[3]), t3);
t4 = m.fma(DoubleVector.broadcast(D, MINUS_P[4]), t4);
t5 = m.fma(DoubleVector.broadcast(D, MINUS_P[5]), t5);
t6 = m.fma(DoubleVector.broadcast(D, MINUS_P[6]), t6);
t7 = m.fma(DoubleVector.broadcast(D, MINUS_P[7]), t7);
DoubleVector c0 = t0.add(high).sub(high);
DoubleVector c1 = t1.add(high).sub(high);
DoubleVector c2 = t2.add(high).sub(high);
DoubleVector c3 = t3.add(high).sub(high);
DoubleVector c4 = t4.add(high).sub(high);
DoubleVector c5 = t5.add(high).sub(high);
DoubleVector c6 = t6.add(high).sub(high);
t0.sub(c0).intoArray(a, 0);
c0.fma(down, t1.sub(c1)).intoArray(a, 0 + 8);
c1.fma(down, t2.sub(c2)).intoArray(a, 0 + 16);
c2.fma(down, t3.sub(c3)).intoArray(a, 0 + 24);
c3.fma(down, t4.sub(c4)).intoArray(a, 0 + 32);
c4.fma(down, t5.sub(c5)).intoArray(a, 0 + 40);
c5.fma(down, t6.sub(c6)).intoArray(a, 0 + 48);
c6.fma(down, t7).intoArray(a, 0 + 56);
    }
}
