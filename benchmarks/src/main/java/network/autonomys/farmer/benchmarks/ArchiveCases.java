package network.autonomys.farmer.benchmarks;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import network.autonomys.farmer.core.archive.ArchivedSegment;
import network.autonomys.farmer.core.archive.Archiver;
import network.autonomys.farmer.core.archive.DevSegmentCommitter;
import network.autonomys.farmer.core.archive.KzgSegmentCommitter;
import network.autonomys.farmer.core.archive.SegmentCommitter;
import network.autonomys.farmer.core.archive.SegmentSealer;
import network.autonomys.farmer.core.engine.Workers;
import network.autonomys.farmer.core.types.Bytes;

/** Whole segments: 256 pieces with commitments and witnesses. */
final class ArchiveCases {
    private static final int BLOCK = 8 << 20;

    private ArchiveCases() {}

    static void addTo(Cases cases) {
        cases.add("archive/segment-dev", ArchiveCases::dev);
        cases.add("archive/segment", setup -> real(setup).elsewhere("45-62 s Zen 5"));
        cases.add("archive/segment-2-threads", ArchiveCases::twoThreads);
    }

    private static Case dev(Setup setup) {
        byte[] block = setup.randomBytes(BLOCK);
        return Case.of(segment(setup, new DevSegmentCommitter(), Workers.callingThread(), block));
    }

    private static Case real(Setup setup) {
        byte[] block = setup.randomBytes(BLOCK);
        Workers alone = Workers.callingThread();
        return Case.of(segment(setup, new KzgSegmentCommitter(setup.kzg()), alone, block))
                .against("blst Pippenger", segment(setup, new KzgSegmentCommitter(setup.blstKzg()), alone, block));
    }

    private static Case twoThreads(Setup setup) {
        byte[] block = setup.randomBytes(BLOCK);
        SegmentCommitter committer = new KzgSegmentCommitter(setup.kzg());
        Workers both = Workers.with(setup.helpers(), Setup.THREADS - 1);
        return Case.of(segment(setup, committer, both, block))
                .against("one thread", segment(setup, committer, Workers.callingThread(), block))
                .onTheWall();
    }

    private static Work segment(Setup setup, SegmentCommitter committer, Workers workers, byte[] block) {
        return () -> {
            List<Bytes> made = new ArrayList<>();
            try (Arena arena = Arena.ofShared()) {
                SegmentSealer sealer =
                        new SegmentSealer(setup.field(), committer, arena, workers, (stage, done, total) -> {});
                Archiver archiver = new Archiver(sealer, false);
                while (made.isEmpty()) {
                    archiver.addBlock(block, List.of(), segment -> made.add(last(segment)));
                }
            }
            return made;
        };
    }

    private static Bytes last(ArchivedSegment segment) {
        return segment.pieces().witness(255);
    }
}
