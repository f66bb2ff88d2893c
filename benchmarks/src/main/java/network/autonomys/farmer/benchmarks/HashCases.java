package network.autonomys.farmer.benchmarks;

import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.pot.ProofOfTime;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.PotCheckpoints;

/** The calibration, hashes and proof of time. */
final class HashCases {
    private static final int MEBIBYTE = 1 << 20;
    private static final int ITEM = 64;

    private HashCases() {}

    static void addTo(Cases cases) {
        cases.add(
                "calibration/msm-blst",
                setup -> Case.of(setup.calibration()::blstMsm).elsewhere("230 ms Zen 5, 386 ms Cascade Lake"));
        cases.add("calibration/blake3-commons-codec", setup -> Case.of(setup.calibration()::codecBlake3));
        cases.add("hash/blake3-1mib", HashCases::long1);
        cases.add("hash/blake3-64b", HashCases::many);
        cases.add("pot/prove", HashCases::prove);
        cases.add("pot/verify", HashCases::verify);
    }

    private static Work commonsCodec(byte[] data) {
        return () -> Bytes.of(org.apache.commons.codec.digest.Blake3.hash(data));
    }

    private static Case long1(Setup setup) {
        byte[] data = setup.randomBytes(MEBIBYTE);
        return Case.of(() -> Bytes.of(Blake3.hash(data))).against("commons-codec", commonsCodec(data));
    }

    private static Case many(Setup setup) {
        int n = setup.size(4096, 64);
        byte[] data = setup.randomBytes(ITEM * n);
        byte[] out = new byte[32 * n];
        byte[] other = new byte[32 * n];
        Work oneByOne = () -> {
            byte[] item = new byte[ITEM];
            for (int i = 0; i < n; i++) {
                System.arraycopy(data, ITEM * i, item, 0, ITEM);
                System.arraycopy(org.apache.commons.codec.digest.Blake3.hash(item), 0, other, 32 * i, 32);
            }
            return Bytes.copyOf(other, 32 * n - 32, 32 * n);
        };
        return Case.of(() -> {
                    Blake3.hashMany(data, 0, ITEM, n, out, 0);
                    return Bytes.copyOf(out, 32 * n - 32, 32 * n);
                })
                .operations(n)
                .against("commons-codec, one by one", oneByOne);
    }

    /** Per iteration. */
    private static Case prove(Setup setup) {
        int iterations = setup.size(16 * 100_000, 160);
        Bytes seed = Bytes.of(setup.randomBytes(16));
        return Case.of(() -> ProofOfTime.prove(seed, iterations)).operations(iterations);
    }

    /** Per iteration. */
    private static Case verify(Setup setup) {
        int iterations = setup.size(16 * 100_000, 160);
        Bytes seed = Bytes.of(setup.randomBytes(16));
        PotCheckpoints checkpoints = ProofOfTime.prove(seed, iterations);
        return Case.of(() -> ProofOfTime.verify(seed, iterations, checkpoints))
                .operations(iterations)
                .against(
                        "proving again",
                        () -> ProofOfTime.prove(seed, iterations).equals(checkpoints));
    }
}
