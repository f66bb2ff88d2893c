package network.autonomys.farmer.benchmarks;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.sector.SectorEncoder;
import network.autonomys.farmer.core.sector.SectorException;
import network.autonomys.farmer.core.sector.SectorIds;
import network.autonomys.farmer.core.sector.SectorLayout;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.core.sector.SectorReader;
import network.autonomys.farmer.core.sector.SectorSource;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.SectorWriter;
import network.autonomys.farmer.storage.farm.SpaceDistribution;

/**
 * A farm of one sector, on disk and in memory. Some of its records are encoded ones, of pieces; to encode them all would take minutes, so the others
 * are random bytes that lie where those of encoded records would.
 */
final class StoredSector {
    private static final int PIECES = 1000;
    private static final int REAL = 4;
    private static final long HISTORY_SIZE = 1;

    private final Farm farm;
    private final SectorLayout layout;
    private final int real;
    private final Bytes sectorId;
    private final MemorySegment sector;
    private final SectorMetadata metadata;

    private StoredSector(Setup setup, Farm farm) {
        this.farm = farm;
        this.layout = farm.layout();
        this.real = setup.size(REAL, 1);
        this.sectorId = SectorIds.sectorId(SectorIds.publicKeyHash(farm.publicKey()), 0, HISTORY_SIZE);
        this.sector = setup.buffer(layout.sectorBytes());
        this.metadata = encode(setup);
    }

    /**
     * Plots the sector: 1.06 GB on disk and in memory, twice that while it is made.
     *
     * @param setup which closes and deletes it
     */
    static StoredSector plot(Setup setup) throws IOException {
        int pieces = setup.size(PIECES, 2);
        long allocation = SpaceDistribution.allocationFor(1, pieces);
        Farm farm = setup.openFarm(setup.scratchFolder(allocation), allocation, pieces);
        StoredSector made = new StoredSector(setup, farm);
        try (SectorWriter writer = farm.beginSector(0)) {
            writer.append(made.sector);
            writer.commit(made.metadata);
        }
        return made;
    }

    Farm farm() {
        return farm;
    }

    /** The sector in memory. */
    SectorSource memory() {
        return (offset, into) -> MemorySegment.copy(sector, offset, into, 0, into.byteSize());
    }

    /** One of the encoded pieces, by any number; its sample. */
    Bytes piece(SectorReader reader, int number, SectorSource source) throws IOException, SectorException {
        byte[] piece = reader.readPiece(
                metadata,
                sectorId,
                PosVersion.V1,
                at(Math.floorMod(number, real)),
                source,
                SectorReader.Mode.CONCURRENT_CHUNKS);
        return Setup.sample(MemorySegment.ofArray(piece));
    }

    /** Where the encoded records are: all over the sector. */
    private int at(int number) {
        return (2 * number + 1) * layout.pieces() / (2 * real);
    }

    private SectorMetadata encode(Setup setup) {
        try (Arena working = Arena.ofShared()) {
            int pieces = layout.pieces();
            MemorySegment stored = working.allocate((long) SectorLayout.RECORD * pieces, Long.SIZE);
            MemorySegment bitfields = working.allocate((long) SectorLayout.BITFIELD * pieces, Long.SIZE);
            MemorySegment recordMetadata = working.allocate((long) SectorLayout.RECORD_METADATA * pieces, Long.SIZE);
            SplittableRandom random = new SplittableRandom(1);
            byte[] block = new byte[SectorLayout.RECORD];
            for (int i = 0; i < pieces; i++) {
                random.nextBytes(block);
                MemorySegment.copy(block, 0, stored, ValueLayout.JAVA_BYTE, (long) block.length * i, block.length);
                half(random, bitfields.asSlice((long) SectorLayout.BITFIELD * i, SectorLayout.BITFIELD));
            }
            byte[] piece = new byte[Constants.PIECE_SIZE];
            for (int i = 0; i < real; i++) {
                int at = at(i);
                MemorySegment record = setup.scalars(SectorLayout.RECORD_CHUNKS);
                MemorySegment.copy(record, ValueLayout.JAVA_BYTE, 0, piece, 0, Constants.RECORD_SIZE);
                setup.records()
                        .encode(
                                PosVersion.V1,
                                1,
                                MemorySegment.ofArray(
                                        SectorIds.evaluationSeed(sectorId, at).toArray()),
                                record,
                                stored.asSlice((long) SectorLayout.RECORD * at, SectorLayout.RECORD),
                                bitfields.asSlice((long) SectorLayout.BITFIELD * at, ProofTable.BITFIELD_BYTES));
                SectorEncoder.recordMetadata(
                        piece,
                        recordMetadata.asSlice((long) SectorLayout.RECORD_METADATA * at, SectorLayout.RECORD_METADATA));
            }
            return SectorEncoder.assemble(layout, 0, HISTORY_SIZE, stored, bitfields, recordMetadata, sector);
        }
    }

    /** Sets as many bits as a record has chunks, anywhere. */
    private static void half(SplittableRandom random, MemorySegment bitfield) {
        int set = 0;
        while (set < SectorLayout.RECORD_CHUNKS) {
            int s = random.nextInt(SectorLayout.S_BUCKETS);
            byte bits = bitfield.get(ValueLayout.JAVA_BYTE, s >> 3);
            byte more = (byte) (bits | 1 << (s & 7));
            set += more == bits ? 0 : 1;
            bitfield.set(ValueLayout.JAVA_BYTE, s >> 3, more);
        }
    }
}
