package network.autonomys.farmer.core.sector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import network.autonomys.farmer.core.engine.MsmEngine;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.kzg.Kzg;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.sector.PlottedSectors.PlottedSectorFixture;
import network.autonomys.farmer.core.types.Bytes;
import org.junit.jupiter.api.Test;

/** In which order a record is read and its table built. */
class RecordReadingTest {
    private final PlottedSectorFixture plotted = PlottedSectors.get().sector("tiny-shim");
    private final List<String> steps = new ArrayList<>();

    /** Notes what is asked of a source; begins only what it is told to. */
    private final class NotedSource implements SectorSource {
        private final boolean begins;

        NotedSource(boolean begins) {
            this.begins = begins;
        }

        @Override
        public void read(long offset, MemorySegment into) throws IOException {
            plotted.source().read(offset, into);
        }

        @Override
        public ChunkReads beginChunks(long[] offsets) throws IOException {
            if (!begins) {
                throw new IOException("the readers are stopping");
            }
            steps.add("begin " + offsets.length);
            return new ChunkReads() {
                @Override
                public void await(MemorySegment into) throws IOException {
                    steps.add("await");
                    plotted.source().readChunks(offsets, into);
                }

                @Override
                public void close() {
                    steps.add("close");
                }
            };
        }
    }

    /** Notes when a table is built. */
    private record NotedEngine(List<String> steps, RecordEngine engine, boolean builds) implements RecordEngine {
        @Override
        public void encode(
                PosVersion version,
                int n,
                MemorySegment seeds,
                MemorySegment records,
                MemorySegment out,
                MemorySegment bitfields) {
            engine.encode(version, n, seeds, records, out, bitfields);
        }

        @Override
        public ProofTable table(PosVersion version, byte[] seed) {
            steps.add("table");
            if (!builds) {
                throw new IllegalStateException("no table");
            }
            return engine.table(version, seed);
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    private byte[] read(SectorSource source, boolean builds) throws IOException, SectorException {
        return new SectorReader(new NotedEngine(steps, plotted.engine(), builds), PlottedSectors.FIELD)
                .readPiece(
                        plotted.metadata(),
                        plotted.sectorId(),
                        plotted.version(),
                        1,
                        source,
                        SectorReader.Mode.CONCURRENT_CHUNKS);
    }

    @Test
    void readsAreUnderWayWhileTheTableIsBuilt() throws Exception {
        assertThat(read(new NotedSource(true), true)).isEqualTo(plotted.piece(1));
        assertThat(steps).containsExactly("begin 32768", "table", "await", "close");
    }

    @Test
    void readsEndWhereThereIsNoTable() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> read(new NotedSource(true), false))
                .withMessage("no table");
        assertThat(steps).containsExactly("begin 32768", "table", "close");
    }

    @Test
    void chunksWhoseReadsCannotBeginAreUnreadable() {
        assertThatExceptionOfType(SectorException.class)
                .isThrownBy(() -> read(new NotedSource(false), true))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(SectorException.Kind.UNREADABLE_CHUNK));
        assertThat(steps).isEmpty();
    }

    /** A solution that is given up while its table is built waits for no chunk. */
    @Test
    void readsEndWhereTheSolutionIsNotWantedAnyMore() throws Exception {
        KzgParameters parameters = KzgParameters.parse(MemorySegment.ofArray(DevSecret.parameterFile()));
        MsmEngine sums = DevSecret.engine();
        try (Kzg kzg = new Kzg(parameters, PlottedSectors.FIELD, sums)) {
            ContentsMap contents = SectorReader.readContentsMap(plotted.layout(), plotted.source());
            int sBucket = 0;
            while (!contents.isEncoded(1, sBucket)) {
                sBucket++;
            }
            Prover.Task task = new Prover.Task(
                    plotted.publicKey(),
                    Bytes.zeros(32),
                    plotted.sectorIndex(),
                    plotted.historySize(),
                    1,
                    sBucket,
                    plotted.version());
            AtomicInteger asked = new AtomicInteger();
            Prover prover = new Prover(new NotedEngine(steps, plotted.engine(), true), kzg);
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> prover.fromPlot(
                            task,
                            plotted.metadata(),
                            contents,
                            new NotedSource(true),
                            SectorReader.Mode.CONCURRENT_CHUNKS,
                            () -> asked.incrementAndGet() == 1));
            assertThat(steps).containsExactly("begin 32768", "table", "close");
        }
    }
}
