package network.autonomys.farmer.devnode;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.field.CpuFieldEngine;
import network.autonomys.farmer.core.keys.KeyPair;
import network.autonomys.farmer.core.keys.RewardSigning;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.pos.CpuRecordEngine;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.pos.VectorForm;
import network.autonomys.farmer.core.sector.Challenges;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.FarmerAppInfo;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.RewardSignatureResponse;
import network.autonomys.farmer.core.types.RewardSigningInfo;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.core.types.SolutionResponse;
import network.autonomys.farmer.nodeproxy.NodeClient;
import network.autonomys.farmer.nodeproxy.NodeClientSettings;
import network.autonomys.farmer.nodeproxy.NodeListener;
import network.autonomys.farmer.runtime.http.WebSocketClientSettings;
import org.jspecify.annotations.Nullable;

/**
 * A whole farmer of one record: it fetches its piece from the node, builds the table of its seed, and answers slots with real proofs. It skips
 * only the detour over a plot.
 */
final class TestFarmer implements NodeListener, AutoCloseable {
    private static final byte[] ENTROPY = new byte[32];

    private final KeyPair key;
    private final int maxPieces;
    private final Kzg kzg = new Kzg(TestParameters.DEV, new CpuFieldEngine(), DevSecret.engine());
    private final CpuRecordEngine engine = new CpuRecordEngine(kzg.field(), VectorForm.preferred(""));
    private final Arena arena = Arena.ofShared();
    private final NodeClient client;
    private @Nullable ProofTable table;
    private @Nullable Extended record;
    volatile UnaryOperator<Solution> change = UnaryOperator.identity();
    volatile boolean signsWrongly;
    volatile boolean silent;
    volatile boolean keepsPieces;
    final List<SlotInfo> slots = new CopyOnWriteArrayList<>();
    final List<SegmentHeader> segments = new CopyOnWriteArrayList<>();
    final List<String> states = new CopyOnWriteArrayList<>();
    final Map<Long, byte[]> pieces = new ConcurrentHashMap<>();
    final List<SolutionResponse> submitted = new CopyOnWriteArrayList<>();

    /** A record of segment 0, extended. */
    private record Extended(
            Bytes sectorId,
            MemorySegment source,
            MemorySegment parity,
            MemorySegment coefficients,
            Bytes commitment,
            Bytes witness) {}

    TestFarmer(URI node, int seed, int maxPieces) {
        byte[] entropy = ENTROPY.clone();
        entropy[0] = (byte) seed;
        this.key = KeyPair.fromEntropy(entropy);
        this.maxPieces = maxPieces;
        NodeClientSettings standard = NodeClientSettings.standard();
        this.client = new NodeClient(
                node,
                new NodeClientSettings(
                        WebSocketClientSettings.node(),
                        standard.callTimeout(),
                        standard.firstDelay(),
                        java.time.Duration.ofSeconds(1),
                        standard.slotSilence(),
                        true),
                this,
                new java.util.Random(seed));
        client.start();
    }

    Bytes publicKey() {
        return key.publicKey();
    }

    NodeClient client() {
        return client;
    }

    @Override
    public void connected(FarmerAppInfo info) {
        states.add("connected");
    }

    @Override
    public void disconnected(String reason) {
        states.add("disconnected");
    }

    /** Fetches the piece and builds the table. */
    private Extended prepare() throws IOException, InterruptedException {
        Bytes sector = SectorIds.sectorId(SectorIds.publicKeyHash(key.publicKey()), 0, 1);
        long index = SectorIds.pieceIndex(sector, 0, 1, maxPieces, 5, new Fraction(1, 10));
        MemorySegment piece = arena.allocate(Constants.PIECE_SIZE, 8);
        if (!client.calls().piece(index, piece)) {
            throw new IOException("the node does not serve piece " + index);
        }
        MemorySegment parity = arena.allocate(Constants.RECORD_SIZE, 8);
        MemorySegment coefficients = arena.allocate(Constants.RECORD_SIZE, 8);
        MemorySegment source = piece.asSlice(0, Constants.RECORD_SIZE);
        kzg.field().extend(Constants.CHUNKS_PER_RECORD, 1, source, parity);
        kzg.field().interpolate(Constants.CHUNKS_PER_RECORD, 1, source, coefficients);
        table = engine.table(PosVersion.V1, SectorIds.evaluationSeed(sector, 0).toArray());
        return new Extended(
                sector,
                source,
                parity,
                coefficients,
                bytes(piece, Constants.PIECE_COMMITMENT_OFFSET, 48),
                bytes(piece, Constants.PIECE_WITNESS_OFFSET, 48));
    }

    private static Bytes bytes(MemorySegment memory, long offset, int length) {
        return Bytes.of(memory.asSlice(offset, length).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
    }

    @Override
    public void slot(SlotInfo slot, long receivedAt) {
        slots.add(slot);
        if (silent) {
            return;
        }
        try {
            Extended mine = record;
            if (mine == null) {
                mine = prepare();
                record = mine;
                return;
            }
            Optional<Solution> solution = solve(mine, slot);
            if (solution.isPresent()) {
                SolutionResponse response = new SolutionResponse(slot.slotNumber(), change.apply(solution.get()));
                submitted.add(response);
                client.calls().submitSolution(response);
            }
        } catch (IOException e) {
            states.add("slot " + slot.slotNumber() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Solution> solve(Extended mine, SlotInfo slot) {
        Bytes challenge = Challenges.sectorSlotChallenge(mine.sectorId(), slot.globalChallenge());
        int sBucket = Challenges.sBucket(challenge);
        byte[] proof = new byte[160];
        ProofTable proofs = table;
        if (proofs == null || !proofs.findProof(sBucket, proof)) {
            return Optional.empty();
        }
        // Even values of the extended record are its source, odd ones its parity.
        MemorySegment half = sBucket % 2 == 0 ? mine.source() : mine.parity();
        Bytes chunk = bytes(half, 32L * (sBucket / 2), 32);
        Bytes stored = Challenges.mask(chunk, Bytes.of(proof));
        long distance = Challenges.distance(slot.globalChallenge(), stored, challenge);
        if (!Challenges.within(distance, slot.votingSolutionRange())) {
            return Optional.empty();
        }
        return Optional.of(new Solution(
                key.publicKey(),
                Bytes.zeros(32),
                0,
                1,
                0,
                mine.commitment(),
                mine.witness(),
                chunk,
                kzg.witness(Constants.CHUNKS_PER_RECORD, mine.coefficients(), Constants.S_BUCKETS, sBucket),
                Bytes.of(proof)));
    }

    @Override
    public void rewardSigning(RewardSigningInfo request, long receivedAt) {
        if (!request.publicKey().equals(key.publicKey())) {
            return;
        }
        try {
            Bytes signature = RewardSigning.sign(key, request.hash(), new SecureRandom());
            if (signsWrongly) {
                byte[] wrong = signature.toArray();
                wrong[0] ^= 1;
                signature = Bytes.of(wrong);
            }
            client.calls().submitRewardSignature(new RewardSignatureResponse(request.hash(), Optional.of(signature)));
        } catch (IOException e) {
            states.add("signature: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void archivedSegment(SegmentHeader header) {
        segments.add(header);
        try (Arena work = Arena.ofConfined()) {
            if (keepsPieces) {
                MemorySegment piece = work.allocate(Constants.PIECE_SIZE, 8);
                for (int position : new int[] {0, 1, 128, 255}) {
                    long index = header.segmentIndex() * 256 + position;
                    if (client.calls().piece(index, piece)) {
                        pieces.put(index, piece.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
                    }
                }
            }
            client.calls().acknowledge(header.segmentIndex());
        } catch (IOException e) {
            states.add("segment: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        client.close();
        if (table != null) {
            table.close();
        }
        engine.close();
        kzg.close();
        arena.close();
    }
}
