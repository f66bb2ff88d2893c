package network.autonomys.farmer.core.pos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import network.autonomys.farmer.core.engine.ProofTable;

/** What the tests of proof of space share: seeds, forms of this machine, exact tables built once. */
final class PosTesting {
    static final byte[] S0 =
            HexFormat.of().parseHex("23023404333717545b0a6f0c0dde9710e4d3fe2d5cc6cc0a090a0b818bab0f17");

    private static final Map<PosVersion, ExactTables> EXACT_TABLES = new ConcurrentHashMap<>();
    private static final Map<PosVersion, Outcome> EXACT = new ConcurrentHashMap<>();

    private PosTesting() {}

    /** All that a table says: which s-buckets have a proof, and the hash of each. */
    static final class Outcome {
        private final byte[] found = new byte[ProofTable.BITFIELD_BYTES];
        private final byte[] hashes = new byte[ProofTable.S_BUCKETS * 32];

        static Outcome of(ProofTable table) {
            Outcome outcome = new Outcome();
            table.proofHashes(MemorySegment.ofArray(outcome.hashes), MemorySegment.ofArray(outcome.found));
            return outcome;
        }

        byte[] found() {
            return found;
        }

        byte[] hashes() {
            return hashes;
        }

        boolean has(int s) {
            return ((found[s >> 3] >> (s & 7)) & 1) != 0;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Outcome other
                    && Arrays.equals(found, other.found)
                    && Arrays.equals(hashes, other.hashes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(found);
        }

        @Override
        public String toString() {
            return "Outcome of " + Integer.toHexString(hashCode());
        }
    }

    /** The exact tables of seed S0; they stay open. */
    static ExactTables exactTables(PosVersion version) {
        return EXACT_TABLES.computeIfAbsent(version, v -> ExactTables.build(S0, v, () -> {}));
    }

    /** What they say. */
    static Outcome exact(PosVersion version) {
        return EXACT.computeIfAbsent(version, v -> Outcome.of(exactTables(v)));
    }

    /** The form that a farmer would use on this machine. */
    static VectorForm preferred() {
        return VectorForm.preferred(cpuFlags());
    }

    /** The forms that this machine computes in registers; wider ones are right as well, but take minutes. */
    static Set<VectorForm> nativeForms() {
        VectorForm widest = preferred();
        return EnumSet.range(VectorForm.SCALAR, widest);
    }

    private static String cpuFlags() {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .map(line -> line.substring(line.indexOf(':') + 1))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
