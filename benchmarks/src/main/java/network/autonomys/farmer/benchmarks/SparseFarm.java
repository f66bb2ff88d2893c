package network.autonomys.farmer.benchmarks;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import network.autonomys.farmer.core.sector.Audit;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.SpaceDistribution;
import network.autonomys.farmer.storage.io.DirectFile;

/**
 * A farm of any number of sectors on a disk that could not hold them: the plot has holes, and random bytes where the audits of some slots, chosen
 * beforehand, read. Its metadata is whole, and it is opened as every farm.
 */
final class SparseFarm {
    private static final long HISTORY_SIZE = 100;

    /** Where the first sector's metadata is (sectors-farms §7.5). */
    private static final int METADATA_OFFSET = 1 << 20;

    /** By which the s-bucket sizes of a sector differ from those of the one before it: they are shifted so far. */
    private static final int SHIFT = 7919;

    /** Seed of sizes, challenges and bytes. */
    private static final long SEED = 1;

    private static final int WRITERS = 8;

    private final Farm farm;
    private final List<Slot> slots;

    /** A slot for which this farm can be audited: where in the plot the s-bucket of each sector is that it asks for. */
    static final class Slot {
        private final Bytes globalChallenge;
        private final long[] positions;
        private final int[] lengths;

        Slot(Bytes globalChallenge, int sectors) {
            this.globalChallenge = globalChallenge;
            this.positions = new long[sectors];
            this.lengths = new int[sectors];
        }

        Bytes globalChallenge() {
            return globalChallenge;
        }

        int sectors() {
            return positions.length;
        }

        /** Where an s-bucket begins. */
        long position(int sector) {
            return positions[sector];
        }

        /** The bytes of an s-bucket. */
        int length(int sector) {
            return lengths[sector];
        }

        /** The first page of an s-bucket. */
        long begin(int sector) {
            return positions[sector] / DirectFile.PAGE * DirectFile.PAGE;
        }

        /** Behind its last page. */
        long end(int sector) {
            return lengths[sector] == 0
                    ? begin(sector)
                    : Math.ceilDiv(positions[sector] + lengths[sector], (long) DirectFile.PAGE) * DirectFile.PAGE;
        }

        /** Bytes of the pages that have to be read. */
        long pageBytes() {
            long sum = 0;
            for (int i = 0; i < positions.length; i++) {
                sum += end(i) - begin(i);
            }
            return sum;
        }
    }

    private SparseFarm(Farm farm, List<Slot> slots) {
        this.farm = farm;
        this.slots = List.copyOf(slots);
    }

    /**
     * Makes a farm.
     *
     * @param setup which closes and deletes it
     * @param sectors 1 to 65 534
     * @param pieces of a sector
     * @param slots for which it can be audited
     */
    static SparseFarm make(Setup setup, int sectors, int pieces, int slots) throws IOException {
        long allocation = SpaceDistribution.allocationFor(sectors, pieces);
        SpaceDistribution space = SpaceDistribution.of(allocation, 0, pieces);
        long read = (long) SectorLayout.CHUNK * pieces + 2 * DirectFile.PAGE;
        Path folder = setup.scratchFolder(space.metadataFileBytes() + read * sectors * slots);
        // Of the full length already, so that opening the farm takes no space for the holes.
        setLength(plot(folder), space.plotFileBytes());
        writeMetadata(metadata(folder), space);
        Farm farm = setup.openFarm(folder, allocation, pieces);
        Random random = new Random(SEED);
        List<Slot> planned = new ArrayList<>();
        for (int i = 0; i < slots; i++) {
            byte[] challenge = new byte[32];
            random.nextBytes(challenge);
            planned.add(new Slot(Bytes.of(challenge), sectors));
        }
        plan(farm, planned);
        fill(plot(folder), planned);
        return new SparseFarm(farm, planned);
    }

    Farm farm() {
        return farm;
    }

    List<Slot> slots() {
        return slots;
    }

    Path plot() {
        return plot(farm.folder());
    }

    Path metadata() {
        return metadata(farm.folder());
    }

    private static Path plot(Path folder) {
        return folder.resolve("plot.bin");
    }

    private static Path metadata(Path folder) {
        return folder.resolve("metadata.bin");
    }

    private static void setLength(Path file, long bytes) throws IOException {
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(bytes);
        }
    }

    private static void writeMetadata(Path file, SpaceDistribution space) throws IOException {
        short[] sizes = sBucketSizes(space.pieces(), new Random(SEED));
        short[] shifted = new short[sizes.length];
        setLength(file, space.metadataFileBytes());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            // Version 0 and the number of sectors.
            int count = space.targetSectors();
            write(channel, new byte[] {0, (byte) count, (byte) (count >> 8)}, 0);
            for (int i = 0; i < count; i++) {
                int shift = (int) ((long) SHIFT * i % sizes.length);
                System.arraycopy(sizes, shift, shifted, 0, sizes.length - shift);
                System.arraycopy(sizes, 0, shifted, sizes.length - shift, shift);
                byte[] sector = SectorMetadata.of(i, space.pieces(), shifted, HISTORY_SIZE)
                        .encode();
                write(channel, sector, METADATA_OFFSET + (long) SectorMetadata.SIZE * i);
            }
            channel.force(true);
        }
    }

    private static void write(FileChannel channel, byte[] bytes, long position) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(bytes);
        while (source.hasRemaining()) {
            channel.write(source, position + source.position());
        }
    }

    /** As many chunks as a sector has, each record with an even chance to have one in an s-bucket. */
    static short[] sBucketSizes(int pieces, Random random) {
        short[] sizes = new short[SectorLayout.S_BUCKETS];
        long left = (long) SectorLayout.RECORD_CHUNKS * pieces;
        for (int s = 0; s < sizes.length; s++) {
            for (int coins = pieces; coins > 0; coins -= Long.SIZE) {
                long mask = coins >= Long.SIZE ? -1 : (1L << coins) - 1;
                sizes[s] += (short) Long.bitCount(random.nextLong() & mask);
            }
            left -= Short.toUnsignedInt(sizes[s]);
        }
        while (left != 0) {
            int s = random.nextInt(sizes.length);
            int step = Long.signum(left);
            int size = Short.toUnsignedInt(sizes[s]) + step;
            if (size >= 0 && size <= pieces) {
                sizes[s] = (short) size;
                left -= step;
            }
        }
        return sizes;
    }

    private static void plan(Farm farm, List<Slot> slots) throws IOException {
        Bytes key = SectorIds.publicKeyHash(farm.publicKey());
        for (int i = 0; i < farm.targetSectors(); i++) {
            SectorMetadata metadata = farm.metadata(i);
            Bytes sectorId = SectorIds.sectorId(key, i, farm.historySize(i));
            for (Slot slot : slots) {
                Audit.Target target = Audit.target(metadata, sectorId, slot.globalChallenge);
                slot.positions[i] = farm.layout().sectorBytes() * i + target.offset();
                slot.lengths[i] = target.bytes();
            }
        }
    }

    /** Writes past the page cache and in no order, so that what a slot reads lies as scattered on the disk as in a plot. */
    private static void fill(Path plot, List<Slot> slots) throws IOException {
        record Place(Slot slot, int sector) {}
        List<Place> places = new ArrayList<>();
        for (Slot slot : slots) {
            for (int i = 0; i < slot.sectors(); i++) {
                places.add(new Place(slot, i));
            }
        }
        Collections.shuffle(places, new Random(SEED));
        AtomicInteger next = new AtomicInteger();
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(() -> {
                try (DirectFile file = DirectFile.openForWriting(plot)) {
                    for (int n = next.getAndIncrement(); n < places.size(); n = next.getAndIncrement()) {
                        Place place = places.get(n);
                        long begin = place.slot().begin(place.sector());
                        byte[] bytes = new byte[(int) (place.slot().end(place.sector()) - begin)];
                        new SplittableRandom(SEED + n).nextBytes(bytes);
                        file.write(begin, MemorySegment.ofArray(bytes));
                    }
                    file.force();
                    return true;
                }
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            for (Future<Boolean> writer : threads.invokeAll(writers)) {
                writer.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a farm was made");
        } catch (ExecutionException e) {
            throw new IOException("the plot cannot be written", e.getCause());
        }
    }
}
