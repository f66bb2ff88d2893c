package network.autonomys.farmer.controller;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import network.autonomys.farmer.core.types.ArchivedBlockProgress;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.FarmerAppInfo;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.LastArchivedBlock;
import network.autonomys.farmer.core.types.RewardSignatureResponse;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SolutionResponse;
import org.jspecify.annotations.Nullable;

/** A node whose chain, refusals and absences the test sets. Its pieces are of any length: byte i of piece p is p + i. */
final class FakeNode implements NodePort {
    final List<SegmentHeader> headers = new CopyOnWriteArrayList<>();
    final List<SolutionResponse> solutions = new CopyOnWriteArrayList<>();
    final List<RewardSignatureResponse> signatures = new CopyOnWriteArrayList<>();
    final List<Long> acknowledged = new CopyOnWriteArrayList<>();
    final List<Long> piecesAsked = new CopyOnWriteArrayList<>();
    final AtomicInteger piecesAtOnce = new AtomicInteger();
    final AtomicInteger mostPiecesAtOnce = new AtomicInteger();
    volatile @Nullable IOException trouble;
    volatile Verdict verdict = Verdict.TAKEN;
    volatile boolean lies;
    volatile LongConsumer onAcknowledge = segment -> {};

    /** A chain of headers; chains of different salt fork at segment {@code fork}. */
    static List<SegmentHeader> chain(int length, int fork, int salt) {
        List<SegmentHeader> chain = new ArrayList<>();
        Bytes parent = Bytes.zeros(32);
        for (int i = 0; i < length; i++) {
            byte[] commitment = new byte[48];
            commitment[0] = (byte) i;
            commitment[1] = (byte) (i >= fork ? salt : 0);
            SegmentHeader header = new SegmentHeader(
                    i,
                    Bytes.of(commitment),
                    parent,
                    new LastArchivedBlock(10L * i, new ArchivedBlockProgress.Complete()));
            chain.add(header);
            parent = header.hash();
        }
        return chain;
    }

    static byte content(long piece, long i) {
        return (byte) (piece + i);
    }

    static boolean valid(long piece, MemorySegment bytes) {
        for (long i = 0; i < bytes.byteSize(); i++) {
            if (bytes.get(ValueLayout.JAVA_BYTE, i) != content(piece, i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Verdict submit(SolutionResponse response) throws IOException {
        fail();
        solutions.add(response);
        return verdict;
    }

    @Override
    public void submitSignature(RewardSignatureResponse response) throws IOException {
        fail();
        signatures.add(response);
    }

    @Override
    public FarmerAppInfo appInfo() throws IOException {
        fail();
        return new FarmerAppInfo(
                Bytes.zeros(32),
                List.of(),
                false,
                Duration.ofSeconds(4),
                new FarmerProtocolInfo(Math.max(1, headers.size()), 1000, 5, new Fraction(1, 10), 4));
    }

    @Override
    public List<Optional<SegmentHeader>> headers(List<Long> segments) throws IOException {
        fail();
        return segments.stream()
                .map(segment -> segment < headers.size()
                        ? Optional.of(headers.get(segment.intValue()))
                        : Optional.<SegmentHeader>empty())
                .toList();
    }

    @Override
    public boolean piece(long index, MemorySegment target) throws IOException {
        fail();
        mostPiecesAtOnce.accumulateAndGet(piecesAtOnce.incrementAndGet(), Math::max);
        try {
            piecesAsked.add(index);
            if (index / 256 != headers.size() - 1 && index >= 256) {
                return false;
            }
            for (long i = 0; i < target.byteSize(); i++) {
                target.set(ValueLayout.JAVA_BYTE, i, content(lies ? index + 1 : index, i));
            }
            return true;
        } finally {
            piecesAtOnce.decrementAndGet();
        }
    }

    @Override
    public void acknowledge(long segment) throws IOException {
        fail();
        onAcknowledge.accept(segment);
        acknowledged.add(segment);
    }

    private void fail() throws IOException {
        IOException failure = trouble;
        if (failure != null) {
            throw failure;
        }
    }
}
