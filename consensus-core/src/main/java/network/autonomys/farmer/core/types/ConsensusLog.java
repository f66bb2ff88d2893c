package network.autonomys.farmer.core.types;

import java.util.Optional;
import java.util.OptionalLong;
import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/** What the consensus notes in the digest of a header (primitives-archiving-kzg §4.1). */
public sealed interface ConsensusLog extends ScaleEncodable {

    /** Iterations of the proof of time, u32 and not 0, before the block. */
    record PotSlotIterations(long slotIterations) implements ConsensusLog {
        public PotSlotIterations {
            Checks.nonZero(Checks.u32(slotIterations, "slotIterations"), "slotIterations");
        }

        @Override
        public void write(ScaleWriter out) {
            out.writeU8(0).writeU32(slotIterations);
        }
    }

    /** The solution range of the block, u64. */
    record SolutionRange(long range) implements ConsensusLog {
        @Override
        public void write(ScaleWriter out) {
            out.writeU8(1).writeU64(range);
        }
    }

    /** The announced change of the proof of time. */
    record ParametersChange(PotParametersChange change) implements ConsensusLog {
        @Override
        public void write(ScaleWriter out) {
            out.writeU8(2);
            change.write(out);
        }
    }

    /** The solution range from the next block on, u64. */
    record NextSolutionRange(long range) implements ConsensusLog {
        @Override
        public void write(ScaleWriter out) {
            out.writeU8(3).writeU64(range);
        }
    }

    /** The commitment, 48 bytes, of a segment that the block brings. */
    record SegmentCommitment(long segmentIndex, Bytes commitment) implements ConsensusLog {
        public SegmentCommitment {
            Checks.length(commitment, Constants.G1_SIZE, "commitment");
        }

        @Override
        public void write(ScaleWriter out) {
            out.writeU8(4).writeU64(segmentIndex).writeBytes(commitment);
        }
    }

    /** Solution ranges are adjusted from now on; the range may be set to a value at once. */
    record EnableSolutionRangeAdjustment(OptionalLong range) implements ConsensusLog {
        @Override
        public void write(ScaleWriter out) {
            out.writeU8(5).writeOptionU64(range);
        }
    }

    /** Only this public key, 32 bytes, may author blocks; anyone where absent. */
    record RootPlotPublicKeyUpdate(Optional<Bytes> publicKey) implements ConsensusLog {
        public RootPlotPublicKeyUpdate {
            publicKey.ifPresent(key -> Checks.length(key, Constants.HASH_SIZE, "publicKey"));
        }

        @Override
        public void write(ScaleWriter out) {
            out.writeU8(6).writeOption(publicKey, ScaleWriter::writeBytes);
        }
    }

    /** Decodes one value, or throws {@link network.autonomys.farmer.core.scale.ScaleException}. */
    static ConsensusLog read(ScaleReader in) {
        return switch (in.readVariant("ConsensusLog", 7)) {
            case 0 -> new PotSlotIterations(in.readNonZeroU32());
            case 1 -> new SolutionRange(in.readU64());
            case 2 -> new ParametersChange(PotParametersChange.read(in));
            case 3 -> new NextSolutionRange(in.readU64());
            case 4 -> new SegmentCommitment(in.readU64(), in.readBytes(Constants.G1_SIZE));
            case 5 -> new EnableSolutionRangeAdjustment(in.readOptionU64());
            default -> new RootPlotPublicKeyUpdate(in.readOption(r -> r.readBytes(Constants.HASH_SIZE)));
        };
    }
}
