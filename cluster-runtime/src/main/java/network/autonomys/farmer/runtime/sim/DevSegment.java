package network.autonomys.farmer.runtime.sim;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import network.autonomys.farmer.core.archive.DevSegmentCommitter;
import network.autonomys.farmer.core.archive.SegmentCommitter;
import network.autonomys.farmer.core.types.ArchivedBlockProgress;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.LastArchivedBlock;
import network.autonomys.farmer.core.types.SegmentHeader;

/**
 * The first segment of a made-up history, for tests: 256 pieces that are valid under the dev chain's parameters and made in a moment, because
 * they share a few records.
 */
public final class DevSegment {
    private static final int RECORDS = 3;

    private final List<byte[]> records = new ArrayList<>();
    private final List<Bytes> commitments = new ArrayList<>();
    private final List<Bytes> witnesses = new ArrayList<>();
    private final Bytes segmentCommitment;

    /** A segment with content from a source of random numbers. */
    public DevSegment(RandomGenerator random) {
        try (DevSegmentCommitter committer = new DevSegmentCommitter()) {
            for (int i = 0; i < RECORDS; i++) {
                byte[] record = new byte[Constants.RECORD_SIZE];
                random.nextBytes(record);
                for (int chunk = 0; chunk < record.length; chunk += Constants.SCALAR_SIZE) {
                    record[chunk] = 0;
                }
                records.add(record);
                commitments.add(committer.commitRecord(MemorySegment.ofArray(record)));
            }
            List<Bytes> all = new ArrayList<>();
            for (int position = 0; position < Constants.PIECES_PER_SEGMENT; position++) {
                all.add(commitments.get(position % RECORDS));
            }
            SegmentCommitter.SegmentProof proof = committer.prove(all);
            this.segmentCommitment = proof.commitment();
            for (int position = 0; position < Constants.PIECES_PER_SEGMENT; position++) {
                witnesses.add(proof.witness(position));
            }
        }
    }

    /** A fresh copy of the piece at a position, 0 to 255. */
    public byte[] piece(int position) {
        byte[] piece = new byte[Constants.PIECE_SIZE];
        System.arraycopy(records.get(position % RECORDS), 0, piece, 0, Constants.RECORD_SIZE);
        System.arraycopy(
                commitments.get(position % RECORDS).toArray(),
                0,
                piece,
                Constants.PIECE_COMMITMENT_OFFSET,
                Constants.G1_SIZE);
        System.arraycopy(
                witnesses.get(position).toArray(), 0, piece, Constants.PIECE_WITNESS_OFFSET, Constants.G1_SIZE);
        return piece;
    }

    /** Its header, that of segment 0. */
    public SegmentHeader header() {
        return new SegmentHeader(
                0, segmentCommitment, Bytes.zeros(32), new LastArchivedBlock(0, new ArchivedBlockProgress.Complete()));
    }
}
