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
    private static final long U = 0xffffffffL;
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
    /** -K and -p: what a multiple of p's inverse modulo 2^49, and of p itself, takes off. */
    private static final double[] MINUS_K = {-458479554664190.0, -228265096578301.0, -125554909791312.0, -69637601885787.0, -105477831907156.0, -147545322513182.0, -427025029143171.0, -5112707.0};
    private static final double[] MINUS_P = {-281474976688811.0, -378962144386303.0, -67658748461055.0, -541948005064406.0, -409809928605995.0, -477301282618147.0, -562513631276702.0, -223374201970.0};
    private static final double INVERSE = 12885098499.0;
    private static final double HIGH = 0x1.2p101;
    private static final double LOW = 0x1.8p52;
    private static final double BOTH = HIGH + LOW;
    /** The bits of 2^52, which a limb is put into to become a double. */
    private static final double TWO52 = 0x1p52;
    private static final long BITS52 = 4841369599423283200L;
    /** What each column begins with. */
    private static final long[] COLUMNS = {-4843621399236968448L, -1146729055119212544L, -2512445642119315456L, -3878162229119418368L, -5243878816119521280L, -6609595403119624192L, -7975311990119727104L, 4262094097352753152L, -6082111296763854848L, 8667740432827940864L, -8413287053881507840L, -7047570466881404928L, -5681853879881302016L, -4316137292881199104L, -2950420705881096192L, 3258917280355975168L, 0L};
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
    public void multiply(long[] a, int ao, long[] b, int bo, long[] z, int zo) {
DoubleVector b0 = LongVector.fromArray(S, b, bo).or(BITS52).reinterpretAsDoubles().sub(TWO52);
DoubleVector b1 = LongVector.fromArray(S, b, bo + 8).or(BITS52).reinterpretAsDoubles().sub(TWO52);
DoubleVector b2 = LongVector.fromArray(S, b, bo + 16).or(BITS52).reinterpretAsDoubles().sub(TWO52);
DoubleVector b3 = LongVector.fromArray(S, b, bo + 24).or(BITS52).reinterpretAsDoubles().sub(TWO52);
DoubleVector b4 = LongVector.fromArray(S, b, bo + 32).or(BITS52).reinterpretAsDoubles().sub(TWO52);
DoubleVector b5 = LongVector.fromArray(S, b, bo + 40).or(BITS52).reinterpretAsDoubles().sub(TWO52);
DoubleVector b6 = LongVector.fromArray(S, b, bo + 48).or(BITS52).reinterpretAsDoubles().sub(TWO52);
DoubleVector b7 = LongVector.fromArray(S, b, bo + 56).or(BITS52).reinterpretAsDoubles().sub(TWO52);
DoubleVector k0 = DoubleVector.broadcast(D, MINUS_K[0]);
DoubleVector k1 = DoubleVector.broadcast(D, MINUS_K[1]);
DoubleVector k2 = DoubleVector.broadcast(D, MINUS_K[2]);
DoubleVector k3 = DoubleVector.broadcast(D, MINUS_K[3]);
DoubleVector k4 = DoubleVector.broadcast(D, MINUS_K[4]);
DoubleVector k5 = DoubleVector.broadcast(D, MINUS_K[5]);
DoubleVector k6 = DoubleVector.broadcast(D, MINUS_K[6]);
DoubleVector k7 = DoubleVector.broadcast(D, MINUS_K[7]);
DoubleVector high = DoubleVector.broadcast(D, HIGH);
DoubleVector both = DoubleVector.broadcast(D, BOTH);
LongVector t0 = LongVector.broadcast(S, COLUMNS[0]);
LongVector t1 = LongVector.broadcast(S, COLUMNS[1]);
LongVector t2 = LongVector.broadcast(S, COLUMNS[2]);
LongVector t3 = LongVector.broadcast(S, COLUMNS[3]);
LongVector t4 = LongVector.broadcast(S, COLUMNS[4]);
LongVector t5 = LongVector.broadcast(S, COLUMNS[5]);
LongVector t6 = LongVector.broadcast(S, COLUMNS[6]);
LongVector t7 = LongVector.broadcast(S, COLUMNS[7]);
LongVector t8 = LongVector.broadcast(S, COLUMNS[8]);
DoubleVector h;
for (int i = 0; i < 7; i++) {
DoubleVector x = LongVector.fromArray(S, a, ao + 8 * i).or(BITS52).reinterpretAsDoubles().sub(TWO52);
h = x.fma(b0, high);
t1 = t1.add(h.reinterpretAsLongs());
t0 = t0.add(x.fma(b0, both.sub(h)).reinterpretAsLongs());
h = x.fma(b1, high);
t2 = t2.add(h.reinterpretAsLongs());
t1 = t1.add(x.fma(b1, both.sub(h)).reinterpretAsLongs());
h = x.fma(b2, high);
t3 = t3.add(h.reinterpretAsLongs());
t2 = t2.add(x.fma(b2, both.sub(h)).reinterpretAsLongs());
h = x.fma(b3, high);
t4 = t4.add(h.reinterpretAsLongs());
t3 = t3.add(x.fma(b3, both.sub(h)).reinterpretAsLongs());
h = x.fma(b4, high);
t5 = t5.add(h.reinterpretAsLongs());
t4 = t4.add(x.fma(b4, both.sub(h)).reinterpretAsLongs());
h = x.fma(b5, high);
t6 = t6.add(h.reinterpretAsLongs());
t5 = t5.add(x.fma(b5, both.sub(h)).reinterpretAsLongs());
h = x.fma(b6, high);
t7 = t7.add(h.reinterpretAsLongs());
t6 = t6.add(x.fma(b6, both.sub(h)).reinterpretAsLongs());
h = x.fma(b7, high);
t8 = t8.add(h.reinterpretAsLongs());
t7 = t7.add(x.fma(b7, both.sub(h)).reinterpretAsLongs());
DoubleVector m = t0.and(M).or(BITS52).reinterpretAsDoubles().sub(TWO52);
t0 = t1.add(t0.lanewise(VectorOperators.ASHR, 49));
t1 = t2;
t2 = t3;
t3 = t4;
t4 = t5;
t5 = t6;
t6 = t7;
t7 = t8;
t8 = LongVector.broadcast(S, COLUMNS[9 + i]);
h = m.fma(k0, high);
t1 = t1.add(h.reinterpretAsLongs());
t0 = t0.add(m.fma(k0, both.sub(h)).reinterpretAsLongs());
h = m.fma(k1, high);
t2 = t2.add(h.reinterpretAsLongs());
t1 = t1.add(m.fma(k1, both.sub(h)).reinterpretAsLongs());
h = m.fma(k2, high);
t3 = t3.add(h.reinterpretAsLongs());
t2 = t2.add(m.fma(k2, both.sub(h)).reinterpretAsLongs());
h = m.fma(k3, high);
t4 = t4.add(h.reinterpretAsLongs());
t3 = t3.add(m.fma(k3, both.sub(h)).reinterpretAsLongs());
h = m.fma(k4, high);
t5 = t5.add(h.reinterpretAsLongs());
t4 = t4.add(m.fma(k4, both.sub(h)).reinterpretAsLongs());
h = m.fma(k5, high);
t6 = t6.add(h.reinterpretAsLongs());
t5 = t5.add(m.fma(k5, both.sub(h)).reinterpretAsLongs());
h = m.fma(k6, high);
t7 = t7.add(h.reinterpretAsLongs());
t6 = t6.add(m.fma(k6, both.sub(h)).reinterpretAsLongs());
h = m.fma(k7, high);
t8 = t8.add(h.reinterpretAsLongs());
t7 = t7.add(m.fma(k7, both.sub(h)).reinterpretAsLongs());
}
DoubleVector x = LongVector.fromArray(S, a, ao + 56).or(BITS52).reinterpretAsDoubles().sub(TWO52);
h = x.fma(b0, high);
t1 = t1.add(h.reinterpretAsLongs());
t0 = t0.add(x.fma(b0, both.sub(h)).reinterpretAsLongs());
h = x.fma(b1, high);
t2 = t2.add(h.reinterpretAsLongs());
t1 = t1.add(x.fma(b1, both.sub(h)).reinterpretAsLongs());
h = x.fma(b2, high);
t3 = t3.add(h.reinterpretAsLongs());
t2 = t2.add(x.fma(b2, both.sub(h)).reinterpretAsLongs());
h = x.fma(b3, high);
t4 = t4.add(h.reinterpretAsLongs());
t3 = t3.add(x.fma(b3, both.sub(h)).reinterpretAsLongs());
h = x.fma(b4, high);
t5 = t5.add(h.reinterpretAsLongs());
t4 = t4.add(x.fma(b4, both.sub(h)).reinterpretAsLongs());
h = x.fma(b5, high);
t6 = t6.add(h.reinterpretAsLongs());
t5 = t5.add(x.fma(b5, both.sub(h)).reinterpretAsLongs());
h = x.fma(b6, high);
t7 = t7.add(h.reinterpretAsLongs());
t6 = t6.add(x.fma(b6, both.sub(h)).reinterpretAsLongs());
h = x.fma(b7, high);
t8 = t8.add(h.reinterpretAsLongs());
t7 = t7.add(x.fma(b7, both.sub(h)).reinterpretAsLongs());
DoubleVector u = t0.and(M).or(BITS52).reinterpretAsDoubles().sub(TWO52);
DoubleVector inverse = DoubleVector.broadcast(D, INVERSE);
DoubleVector m = u.fma(inverse, both.sub(u.fma(inverse, high))).sub(LOW);
h = m.fma(DoubleVector.broadcast(D, MINUS_P[0]), high);
t1 = t1.add(h.reinterpretAsLongs());
t0 = t0.add(m.fma(DoubleVector.broadcast(D, MINUS_P[0]), both.sub(h)).reinterpretAsLongs());
h = m.fma(DoubleVector.broadcast(D, MINUS_P[1]), high);
t2 = t2.add(h.reinterpretAsLongs());
t1 = t1.add(m.fma(DoubleVector.broadcast(D, MINUS_P[1]), both.sub(h)).reinterpretAsLongs());
h = m.fma(DoubleVector.broadcast(D, MINUS_P[2]), high);
t3 = t3.add(h.reinterpretAsLongs());
t2 = t2.add(m.fma(DoubleVector.broadcast(D, MINUS_P[2]), both.sub(h)).reinterpretAsLongs());
h = m.fma(DoubleVector.broadcast(D, MINUS_P[3]), high);
t4 = t4.add(h.reinterpretAsLongs());
t3 = t3.add(m.fma(DoubleVector.broadcast(D, MINUS_P[3]), both.sub(h)).reinterpretAsLongs());
h = m.fma(DoubleVector.broadcast(D, MINUS_P[4]), high);
t5 = t5.add(h.reinterpretAsLongs());
t4 = t4.add(m.fma(DoubleVector.broadcast(D, MINUS_P[4]), both.sub(h)).reinterpretAsLongs());
h = m.fma(DoubleVector.broadcast(D, MINUS_P[5]), high);
t6 = t6.add(h.reinterpretAsLongs());
t5 = t5.add(m.fma(DoubleVector.broadcast(D, MINUS_P[5]), both.sub(h)).reinterpretAsLongs());
h = m.fma(DoubleVector.broadcast(D, MINUS_P[6]), high);
t7 = t7.add(h.reinterpretAsLongs());
t6 = t6.add(m.fma(DoubleVector.broadcast(D, MINUS_P[6]), both.sub(h)).reinterpretAsLongs());
h = m.fma(DoubleVector.broadcast(D, MINUS_P[7]), high);
t8 = t8.add(h.reinterpretAsLongs());
t7 = t7.add(m.fma(DoubleVector.broadcast(D, MINUS_P[7]), both.sub(h)).reinterpretAsLongs());
LongVector c = t0.lanewise(VectorOperators.ASHR, 49);
t1 = t1.add(281474976688811L).add(c);
c = t1.lanewise(VectorOperators.ASHR, 49);
t1 = t1.and(M);
t1.intoArray(z, zo);
t2 = t2.add(378962144386303L).add(c);
c = t2.lanewise(VectorOperators.ASHR, 49);
t2 = t2.and(M);
t2.intoArray(z, zo + 8);
t3 = t3.add(67658748461055L).add(c);
c = t3.lanewise(VectorOperators.ASHR, 49);
t3 = t3.and(M);
t3.intoArray(z, zo + 16);
t4 = t4.add(541948005064406L).add(c);
c = t4.lanewise(VectorOperators.ASHR, 49);
t4 = t4.and(M);
t4.intoArray(z, zo + 24);
t5 = t5.add(409809928605995L).add(c);
c = t5.lanewise(VectorOperators.ASHR, 49);
t5 = t5.and(M);
t5.intoArray(z, zo + 32);
t6 = t6.add(477301282618147L).add(c);
c = t6.lanewise(VectorOperators.ASHR, 49);
t6 = t6.and(M);
t6.intoArray(z, zo + 40);
t7 = t7.add(562513631276702L).add(c);
c = t7.lanewise(VectorOperators.ASHR, 49);
t7 = t7.and(M);
t7.intoArray(z, zo + 48);
t8 = t8.add(223374201970L).add(c);
t8.intoArray(z, zo + 56);
    }

    @Override
    public void load(long[] points, int[] references, int from, long[] z, int zo) {
loadX(points, references, from, z, zo);
loadY(points, references, from, z, zo + 64);
    }

    private static void loadX(long[] points, int[] references, int from, long[] z, int zo) {
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
s0x16.and(M).intoArray(z, zo);
s0x16.lanewise(VectorOperators.LSHR, 49).or(s0x17.lanewise(VectorOperators.LSHL, 15)).and(M).intoArray(z, zo + 8);
s0x17.lanewise(VectorOperators.LSHR, 34).or(s0x18.lanewise(VectorOperators.LSHL, 30)).and(M).intoArray(z, zo + 16);
s0x18.lanewise(VectorOperators.LSHR, 19).or(s0x19.lanewise(VectorOperators.LSHL, 45)).and(M).intoArray(z, zo + 24);
s0x19.lanewise(VectorOperators.LSHR, 4).and(M).intoArray(z, zo + 32);
s0x19.lanewise(VectorOperators.LSHR, 53).or(s0x20.lanewise(VectorOperators.LSHL, 11)).and(M).intoArray(z, zo + 40);
s0x20.lanewise(VectorOperators.LSHR, 38).or(s0x21.lanewise(VectorOperators.LSHL, 26)).and(M).intoArray(z, zo + 48);
s0x21.lanewise(VectorOperators.LSHR, 23).intoArray(z, zo + 56);
    }

    private static void loadY(long[] points, int[] references, int from, long[] z, int zo) {
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
LongVector n = LongVector.zero(S).sub((LongVector) IntVector.fromArray(I, references, from).and(1).convertShape(VectorOperators.I2L, S, 0));
s0x16.and(M).lanewise(VectorOperators.XOR, n).add(LongVector.broadcast(S, NEGATOR[0]).and(n)).intoArray(z, zo);
s0x16.lanewise(VectorOperators.LSHR, 49).or(s0x17.lanewise(VectorOperators.LSHL, 15)).and(M).lanewise(VectorOperators.XOR, n).add(LongVector.broadcast(S, NEGATOR[1]).and(n)).intoArray(z, zo + 8);
s0x17.lanewise(VectorOperators.LSHR, 34).or(s0x18.lanewise(VectorOperators.LSHL, 30)).and(M).lanewise(VectorOperators.XOR, n).add(LongVector.broadcast(S, NEGATOR[2]).and(n)).intoArray(z, zo + 16);
s0x18.lanewise(VectorOperators.LSHR, 19).or(s0x19.lanewise(VectorOperators.LSHL, 45)).and(M).lanewise(VectorOperators.XOR, n).add(LongVector.broadcast(S, NEGATOR[3]).and(n)).intoArray(z, zo + 24);
s0x19.lanewise(VectorOperators.LSHR, 4).and(M).lanewise(VectorOperators.XOR, n).add(LongVector.broadcast(S, NEGATOR[4]).and(n)).intoArray(z, zo + 32);
s0x19.lanewise(VectorOperators.LSHR, 53).or(s0x20.lanewise(VectorOperators.LSHL, 11)).and(M).lanewise(VectorOperators.XOR, n).add(LongVector.broadcast(S, NEGATOR[5]).and(n)).intoArray(z, zo + 40);
s0x20.lanewise(VectorOperators.LSHR, 38).or(s0x21.lanewise(VectorOperators.LSHL, 26)).and(M).lanewise(VectorOperators.XOR, n).add(LongVector.broadcast(S, NEGATOR[6]).and(n)).intoArray(z, zo + 48);
s0x21.lanewise(VectorOperators.LSHR, 23).lanewise(VectorOperators.XOR, n).add(LongVector.broadcast(S, NEGATOR[7]).and(n)).intoArray(z, zo + 56);
    }

    @Override
    public void store(long[] x, long[] y, long[] points, int[] targets, int from, int width) {
store(x, points, targets, from, width, 0);
store(y, points, targets, from, width, 6);
    }

    private static void store(long[] a, long[] points, int[] targets, int from, int width, int coordinate) {
LongVector v0 = LongVector.fromArray(S, a, 0).or(LongVector.fromArray(S, a, 0 + 8).lanewise(VectorOperators.LSHL, 49));
LongVector v1 = LongVector.fromArray(S, a, 0 + 8).lanewise(VectorOperators.LSHR, 15).or(LongVector.fromArray(S, a, 0 + 16).lanewise(VectorOperators.LSHL, 34));
LongVector v2 = LongVector.fromArray(S, a, 0 + 16).lanewise(VectorOperators.LSHR, 30).or(LongVector.fromArray(S, a, 0 + 24).lanewise(VectorOperators.LSHL, 19));
LongVector v3 = LongVector.fromArray(S, a, 0 + 24).lanewise(VectorOperators.LSHR, 45).or(LongVector.fromArray(S, a, 0 + 32).lanewise(VectorOperators.LSHL, 4)).or(LongVector.fromArray(S, a, 0 + 40).lanewise(VectorOperators.LSHL, 53));
LongVector v4 = LongVector.fromArray(S, a, 0 + 40).lanewise(VectorOperators.LSHR, 11).or(LongVector.fromArray(S, a, 0 + 48).lanewise(VectorOperators.LSHL, 38));
LongVector v5 = LongVector.fromArray(S, a, 0 + 48).lanewise(VectorOperators.LSHR, 26).or(LongVector.fromArray(S, a, 0 + 56).lanewise(VectorOperators.LSHL, 23));
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
    public void difference(long[] b, int bo, long[] a, int ao, long[] z, int zo) {
LongVector.fromArray(S, b, bo).add(LongVector.broadcast(S, SIXTEEN[0])).sub(LongVector.fromArray(S, a, ao)).intoArray(z, zo);
LongVector.fromArray(S, b, bo + 8).add(LongVector.broadcast(S, SIXTEEN[1])).sub(LongVector.fromArray(S, a, ao + 8)).intoArray(z, zo + 8);
LongVector.fromArray(S, b, bo + 16).add(LongVector.broadcast(S, SIXTEEN[2])).sub(LongVector.fromArray(S, a, ao + 16)).intoArray(z, zo + 16);
LongVector.fromArray(S, b, bo + 24).add(LongVector.broadcast(S, SIXTEEN[3])).sub(LongVector.fromArray(S, a, ao + 24)).intoArray(z, zo + 24);
LongVector.fromArray(S, b, bo + 32).add(LongVector.broadcast(S, SIXTEEN[4])).sub(LongVector.fromArray(S, a, ao + 32)).intoArray(z, zo + 32);
LongVector.fromArray(S, b, bo + 40).add(LongVector.broadcast(S, SIXTEEN[5])).sub(LongVector.fromArray(S, a, ao + 40)).intoArray(z, zo + 40);
LongVector.fromArray(S, b, bo + 48).add(LongVector.broadcast(S, SIXTEEN[6])).sub(LongVector.fromArray(S, a, ao + 48)).intoArray(z, zo + 48);
LongVector.fromArray(S, b, bo + 56).add(LongVector.broadcast(S, SIXTEEN[7])).sub(LongVector.fromArray(S, a, ao + 56)).intoArray(z, zo + 56);
    }

    @Override
    public void subtractBoth(long[] a, long[] b, int bo, long[] o, int oo, long[] z) {
LongVector c = LongVector.zero(S);
LongVector t0 = LongVector.fromArray(S, a, 0).add(LongVector.broadcast(S, EIGHT[0])).sub(LongVector.fromArray(S, b, bo)).sub(LongVector.fromArray(S, o, oo)).add(c);
c = t0.lanewise(VectorOperators.LSHR, 49);
t0 = t0.and(M);
LongVector t1 = LongVector.fromArray(S, a, 0 + 8).add(LongVector.broadcast(S, EIGHT[1])).sub(LongVector.fromArray(S, b, bo + 8)).sub(LongVector.fromArray(S, o, oo + 8)).add(c);
c = t1.lanewise(VectorOperators.LSHR, 49);
t1 = t1.and(M);
LongVector t2 = LongVector.fromArray(S, a, 0 + 16).add(LongVector.broadcast(S, EIGHT[2])).sub(LongVector.fromArray(S, b, bo + 16)).sub(LongVector.fromArray(S, o, oo + 16)).add(c);
c = t2.lanewise(VectorOperators.LSHR, 49);
t2 = t2.and(M);
LongVector t3 = LongVector.fromArray(S, a, 0 + 24).add(LongVector.broadcast(S, EIGHT[3])).sub(LongVector.fromArray(S, b, bo + 24)).sub(LongVector.fromArray(S, o, oo + 24)).add(c);
c = t3.lanewise(VectorOperators.LSHR, 49);
t3 = t3.and(M);
LongVector t4 = LongVector.fromArray(S, a, 0 + 32).add(LongVector.broadcast(S, EIGHT[4])).sub(LongVector.fromArray(S, b, bo + 32)).sub(LongVector.fromArray(S, o, oo + 32)).add(c);
c = t4.lanewise(VectorOperators.LSHR, 49);
t4 = t4.and(M);
LongVector t5 = LongVector.fromArray(S, a, 0 + 40).add(LongVector.broadcast(S, EIGHT[5])).sub(LongVector.fromArray(S, b, bo + 40)).sub(LongVector.fromArray(S, o, oo + 40)).add(c);
c = t5.lanewise(VectorOperators.LSHR, 49);
t5 = t5.and(M);
LongVector t6 = LongVector.fromArray(S, a, 0 + 48).add(LongVector.broadcast(S, EIGHT[6])).sub(LongVector.fromArray(S, b, bo + 48)).sub(LongVector.fromArray(S, o, oo + 48)).add(c);
c = t6.lanewise(VectorOperators.LSHR, 49);
t6 = t6.and(M);
LongVector t7 = LongVector.fromArray(S, a, 0 + 56).add(LongVector.broadcast(S, EIGHT[7])).sub(LongVector.fromArray(S, b, bo + 56)).sub(LongVector.fromArray(S, o, oo + 56)).add(c);
LongVector m = t7.lanewise(VectorOperators.LSHR, 12).and(U).mul(LongVector.broadcast(S, QUOTIENT).and(U)).lanewise(VectorOperators.LSHR, 50).and(U);
c = LongVector.zero(S);
t0 = t0.sub(m.mul(LongVector.broadcast(S, P_LOW[0]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[0]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t0.lanewise(VectorOperators.ASHR, 49);
t0 = t0.and(M);
t0.intoArray(z, 0);
t1 = t1.sub(m.mul(LongVector.broadcast(S, P_LOW[1]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[1]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t1.lanewise(VectorOperators.ASHR, 49);
t1 = t1.and(M);
t1.intoArray(z, 0 + 8);
t2 = t2.sub(m.mul(LongVector.broadcast(S, P_LOW[2]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[2]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t2.lanewise(VectorOperators.ASHR, 49);
t2 = t2.and(M);
t2.intoArray(z, 0 + 16);
t3 = t3.sub(m.mul(LongVector.broadcast(S, P_LOW[3]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[3]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t3.lanewise(VectorOperators.ASHR, 49);
t3 = t3.and(M);
t3.intoArray(z, 0 + 24);
t4 = t4.sub(m.mul(LongVector.broadcast(S, P_LOW[4]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[4]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t4.lanewise(VectorOperators.ASHR, 49);
t4 = t4.and(M);
t4.intoArray(z, 0 + 32);
t5 = t5.sub(m.mul(LongVector.broadcast(S, P_LOW[5]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[5]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t5.lanewise(VectorOperators.ASHR, 49);
t5 = t5.and(M);
t5.intoArray(z, 0 + 40);
t6 = t6.sub(m.mul(LongVector.broadcast(S, P_LOW[6]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[6]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t6.lanewise(VectorOperators.ASHR, 49);
t6 = t6.and(M);
t6.intoArray(z, 0 + 48);
t7 = t7.sub(m.mul(LongVector.broadcast(S, P_LOW[7]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[7]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
t7.intoArray(z, 0 + 56);
    }

    @Override
    public void subtractFrom(long[] a, int ao, long[] b, long[] z) {
LongVector.fromArray(S, a, ao).add(LongVector.broadcast(S, FOUR[0])).sub(LongVector.fromArray(S, b, 0)).intoArray(z, 0);
LongVector.fromArray(S, a, ao + 8).add(LongVector.broadcast(S, FOUR[1])).sub(LongVector.fromArray(S, b, 0 + 8)).intoArray(z, 0 + 8);
LongVector.fromArray(S, a, ao + 16).add(LongVector.broadcast(S, FOUR[2])).sub(LongVector.fromArray(S, b, 0 + 16)).intoArray(z, 0 + 16);
LongVector.fromArray(S, a, ao + 24).add(LongVector.broadcast(S, FOUR[3])).sub(LongVector.fromArray(S, b, 0 + 24)).intoArray(z, 0 + 24);
LongVector.fromArray(S, a, ao + 32).add(LongVector.broadcast(S, FOUR[4])).sub(LongVector.fromArray(S, b, 0 + 32)).intoArray(z, 0 + 32);
LongVector.fromArray(S, a, ao + 40).add(LongVector.broadcast(S, FOUR[5])).sub(LongVector.fromArray(S, b, 0 + 40)).intoArray(z, 0 + 40);
LongVector.fromArray(S, a, ao + 48).add(LongVector.broadcast(S, FOUR[6])).sub(LongVector.fromArray(S, b, 0 + 48)).intoArray(z, 0 + 48);
LongVector.fromArray(S, a, ao + 56).add(LongVector.broadcast(S, FOUR[7])).sub(LongVector.fromArray(S, b, 0 + 56)).intoArray(z, 0 + 56);
    }

    @Override
    public void subtract(long[] a, long[] b, int bo) {
LongVector c = LongVector.zero(S);
LongVector t0 = LongVector.fromArray(S, a, 0).add(LongVector.broadcast(S, SIXTEEN[0])).sub(LongVector.fromArray(S, b, bo)).add(c);
c = t0.lanewise(VectorOperators.LSHR, 49);
t0 = t0.and(M);
LongVector t1 = LongVector.fromArray(S, a, 0 + 8).add(LongVector.broadcast(S, SIXTEEN[1])).sub(LongVector.fromArray(S, b, bo + 8)).add(c);
c = t1.lanewise(VectorOperators.LSHR, 49);
t1 = t1.and(M);
LongVector t2 = LongVector.fromArray(S, a, 0 + 16).add(LongVector.broadcast(S, SIXTEEN[2])).sub(LongVector.fromArray(S, b, bo + 16)).add(c);
c = t2.lanewise(VectorOperators.LSHR, 49);
t2 = t2.and(M);
LongVector t3 = LongVector.fromArray(S, a, 0 + 24).add(LongVector.broadcast(S, SIXTEEN[3])).sub(LongVector.fromArray(S, b, bo + 24)).add(c);
c = t3.lanewise(VectorOperators.LSHR, 49);
t3 = t3.and(M);
LongVector t4 = LongVector.fromArray(S, a, 0 + 32).add(LongVector.broadcast(S, SIXTEEN[4])).sub(LongVector.fromArray(S, b, bo + 32)).add(c);
c = t4.lanewise(VectorOperators.LSHR, 49);
t4 = t4.and(M);
LongVector t5 = LongVector.fromArray(S, a, 0 + 40).add(LongVector.broadcast(S, SIXTEEN[5])).sub(LongVector.fromArray(S, b, bo + 40)).add(c);
c = t5.lanewise(VectorOperators.LSHR, 49);
t5 = t5.and(M);
LongVector t6 = LongVector.fromArray(S, a, 0 + 48).add(LongVector.broadcast(S, SIXTEEN[6])).sub(LongVector.fromArray(S, b, bo + 48)).add(c);
c = t6.lanewise(VectorOperators.LSHR, 49);
t6 = t6.and(M);
LongVector t7 = LongVector.fromArray(S, a, 0 + 56).add(LongVector.broadcast(S, SIXTEEN[7])).sub(LongVector.fromArray(S, b, bo + 56)).add(c);
LongVector m = t7.lanewise(VectorOperators.LSHR, 12).and(U).mul(LongVector.broadcast(S, QUOTIENT).and(U)).lanewise(VectorOperators.LSHR, 50).and(U);
c = LongVector.zero(S);
t0 = t0.sub(m.mul(LongVector.broadcast(S, P_LOW[0]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[0]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t0.lanewise(VectorOperators.ASHR, 49);
t0 = t0.and(M);
t0.intoArray(a, 0);
t1 = t1.sub(m.mul(LongVector.broadcast(S, P_LOW[1]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[1]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t1.lanewise(VectorOperators.ASHR, 49);
t1 = t1.and(M);
t1.intoArray(a, 0 + 8);
t2 = t2.sub(m.mul(LongVector.broadcast(S, P_LOW[2]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[2]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t2.lanewise(VectorOperators.ASHR, 49);
t2 = t2.and(M);
t2.intoArray(a, 0 + 16);
t3 = t3.sub(m.mul(LongVector.broadcast(S, P_LOW[3]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[3]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t3.lanewise(VectorOperators.ASHR, 49);
t3 = t3.and(M);
t3.intoArray(a, 0 + 24);
t4 = t4.sub(m.mul(LongVector.broadcast(S, P_LOW[4]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[4]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t4.lanewise(VectorOperators.ASHR, 49);
t4 = t4.and(M);
t4.intoArray(a, 0 + 32);
t5 = t5.sub(m.mul(LongVector.broadcast(S, P_LOW[5]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[5]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t5.lanewise(VectorOperators.ASHR, 49);
t5 = t5.and(M);
t5.intoArray(a, 0 + 40);
t6 = t6.sub(m.mul(LongVector.broadcast(S, P_LOW[6]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[6]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t6.lanewise(VectorOperators.ASHR, 49);
t6 = t6.and(M);
t6.intoArray(a, 0 + 48);
t7 = t7.sub(m.mul(LongVector.broadcast(S, P_LOW[7]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[7]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
t7.intoArray(a, 0 + 56);
    }

    @Override
    public void reduce(long[] a, int o) {
LongVector c = LongVector.zero(S);
LongVector t0 = LongVector.fromArray(S, a, o).add(c);
c = t0.lanewise(VectorOperators.LSHR, 49);
t0 = t0.and(M);
LongVector t1 = LongVector.fromArray(S, a, o + 8).add(c);
c = t1.lanewise(VectorOperators.LSHR, 49);
t1 = t1.and(M);
LongVector t2 = LongVector.fromArray(S, a, o + 16).add(c);
c = t2.lanewise(VectorOperators.LSHR, 49);
t2 = t2.and(M);
LongVector t3 = LongVector.fromArray(S, a, o + 24).add(c);
c = t3.lanewise(VectorOperators.LSHR, 49);
t3 = t3.and(M);
LongVector t4 = LongVector.fromArray(S, a, o + 32).add(c);
c = t4.lanewise(VectorOperators.LSHR, 49);
t4 = t4.and(M);
LongVector t5 = LongVector.fromArray(S, a, o + 40).add(c);
c = t5.lanewise(VectorOperators.LSHR, 49);
t5 = t5.and(M);
LongVector t6 = LongVector.fromArray(S, a, o + 48).add(c);
c = t6.lanewise(VectorOperators.LSHR, 49);
t6 = t6.and(M);
LongVector t7 = LongVector.fromArray(S, a, o + 56).add(c);
LongVector m = t7.lanewise(VectorOperators.LSHR, 12).and(U).mul(LongVector.broadcast(S, QUOTIENT).and(U)).lanewise(VectorOperators.LSHR, 50).and(U);
c = LongVector.zero(S);
t0 = t0.sub(m.mul(LongVector.broadcast(S, P_LOW[0]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[0]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t0.lanewise(VectorOperators.ASHR, 49);
t0 = t0.and(M);
t0.intoArray(a, o);
t1 = t1.sub(m.mul(LongVector.broadcast(S, P_LOW[1]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[1]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t1.lanewise(VectorOperators.ASHR, 49);
t1 = t1.and(M);
t1.intoArray(a, o + 8);
t2 = t2.sub(m.mul(LongVector.broadcast(S, P_LOW[2]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[2]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t2.lanewise(VectorOperators.ASHR, 49);
t2 = t2.and(M);
t2.intoArray(a, o + 16);
t3 = t3.sub(m.mul(LongVector.broadcast(S, P_LOW[3]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[3]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t3.lanewise(VectorOperators.ASHR, 49);
t3 = t3.and(M);
t3.intoArray(a, o + 24);
t4 = t4.sub(m.mul(LongVector.broadcast(S, P_LOW[4]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[4]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t4.lanewise(VectorOperators.ASHR, 49);
t4 = t4.and(M);
t4.intoArray(a, o + 32);
t5 = t5.sub(m.mul(LongVector.broadcast(S, P_LOW[5]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[5]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t5.lanewise(VectorOperators.ASHR, 49);
t5 = t5.and(M);
t5.intoArray(a, o + 40);
t6 = t6.sub(m.mul(LongVector.broadcast(S, P_LOW[6]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[6]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
c = t6.lanewise(VectorOperators.ASHR, 49);
t6 = t6.and(M);
t6.intoArray(a, o + 48);
t7 = t7.sub(m.mul(LongVector.broadcast(S, P_LOW[7]).and(U))).sub(m.mul(LongVector.broadcast(S, P_HIGH[7]).and(U)).lanewise(VectorOperators.LSHL, 24)).add(c);
t7.intoArray(a, o + 56);
    }
}
