package network.autonomys.farmer.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.kzg.PieceChecks;
import network.autonomys.farmer.core.types.ArchivedBlockProgress;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.LastArchivedBlock;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.runtime.os.LowPriorityThreads;
import network.autonomys.farmer.testkit.KzgFile;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The reference's cases, each as a piece of the segment whose header carries the case's commitment. */
class KzgPieceVerifierTest {
    @Test
    void judgesAsTheReference() throws IOException {
        Optional<Path> file = KzgFile.find();
        Assumptions.assumeTrue(file.isPresent(), "no KZG parameter file");
        HeaderChain chain = new HeaderChain();
        Map<Bytes, Long> segments = new LinkedHashMap<>();
        List<Long> indexes = new ArrayList<>();
        List<MemorySegment> pieces = new ArrayList<>();
        BitSet expected = new BitSet();
        for (VectorCase v : Vectors.cases("archiving", "piece-valid.json", "piece-valid")) {
            long segment = segments.computeIfAbsent(
                    Bytes.of(v.bytes("segmentCommitment")), commitment -> append(chain, commitment));
            expected.set(indexes.size(), !v.bool("valid"));
            indexes.add(segment * 256 + v.i32("position"));
            pieces.add(piece(v));
        }
        // A good piece of a segment that nobody announced.
        int good = expected.nextClearBit(0);
        expected.set(indexes.size());
        indexes.add(chain.size() * 256 + indexes.get(good) % 256);
        pieces.add(pieces.get(good));

        KzgParameters parameters = KzgParameters.network(MemorySegment.ofArray(Files.readAllBytes(file.get())));
        try (Kzg kzg = Kzg.cpu(parameters);
                ExecutorService threads = LowPriorityThreads.pool("check-", 1)) {
            PieceVerifier verifier = new KzgPieceVerifier(new PieceChecks(kzg), chain, new Random(5), threads);
            BitSet invalid =
                    verifier.invalid(indexes.stream().mapToLong(Long::longValue).toArray(), pieces);
            assertThat(expected.cardinality()).isBetween(2, pieces.size() - 1);
            assertThat(invalid).isEqualTo(expected);
        }
    }

    private static long append(HeaderChain chain, Bytes commitment) {
        long index = chain.size();
        Bytes parent = chain.last().map(SegmentHeader::hash).orElse(Bytes.zeros(32));
        chain.offer(new SegmentHeader(
                index, commitment, parent, new LastArchivedBlock(index, new ArchivedBlockProgress.Complete())));
        return index;
    }

    private static MemorySegment piece(VectorCase v) {
        byte[] piece = new byte[Constants.PIECE_SIZE];
        byte[] record = v.bytes("record");
        System.arraycopy(record, 0, piece, 0, record.length);
        for (JsonNode patch : v.list("patches")) {
            byte[] bytes = HexFormat.of().parseHex(patch.get("bytes").asText());
            System.arraycopy(bytes, 0, piece, patch.get("offset").asInt(), bytes.length);
        }
        System.arraycopy(v.bytes("commitment"), 0, piece, Constants.PIECE_COMMITMENT_OFFSET, 48);
        System.arraycopy(v.bytes("witness"), 0, piece, Constants.PIECE_WITNESS_OFFSET, 48);
        return MemorySegment.ofArray(piece);
    }
}
