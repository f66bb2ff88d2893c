package network.autonomys.farmer.plotclient;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.sector.SectorMetadata;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.message.Ready;
import network.autonomys.farmer.runtime.tcp.BulkClient;
import network.autonomys.farmer.runtime.tcp.TransferException;
import network.autonomys.farmer.storage.farm.Farm;
import network.autonomys.farmer.storage.farm.IncomingFiles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one encoded sector from a plot-server's spool to its place in a farm (cluster-and-cli §3.8). The bytes go straight to that place, which does not
 * count as a sector any more from before the first byte until the last one is verified and durable. Only where a sector is stored there that still
 * farms, and the disk has room for another, they are collected beside the plot first.
 *
 * <p>After a broken transfer {@link #run} may be called again and goes on where it was. For use by one thread at a time.
 */
final class SectorFetch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SectorFetch.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int TRIES = 5;

    private final BulkClient client;
    private final Farm farm;
    private final Ready ready;
    private final BooleanSupplier predecessorFarms;
    private final FarmSpace.FreeSpace free;
    private final byte[] metadata = new byte[SectorMetadata.SIZE];
    private byte[] block = new byte[0];
    private Blake3.Hasher hasher = Blake3.hasher();
    private long received;
    private @Nullable SectorPlace place;

    /**
     * @param predecessorFarms whether a stored sector at this place can still win
     * @param free tells how much room the farm's disk has
     */
    SectorFetch(BulkClient client, Farm farm, Ready ready, BooleanSupplier predecessorFarms, FarmSpace.FreeSpace free) {
        this.client = client;
        this.farm = farm;
        this.ready = ready;
        this.predecessorFarms = predecessorFarms;
        this.free = free;
    }

    /** What is fetched. */
    Ready ready() {
        return ready;
    }

    /** True where part of the sector is here, with which the next run goes on. */
    boolean isBegun() {
        return place != null;
    }

    /**
     * Fetches and stores the sector.
     *
     * @param silence how long nothing may arrive
     * @throws TransferException where it could not be had whole
     * @throws IOException where it could not be written
     */
    void run(Duration silence) throws IOException, InterruptedException {
        if (ready.sectorBytes() != farm.layout().sectorBytes() || ready.metadataBytes() != SectorMetadata.SIZE) {
            throw new TransferException(
                    ReasonCode.MALFORMED,
                    "a sector of " + ready.sectorBytes() + " + " + ready.metadataBytes()
                            + " bytes does not fit this farm");
        }
        boolean resumable = false;
        try {
            SectorPlace destination = place;
            if (destination == null) {
                destination = choosePlace();
                place = destination;
            }
            resumable = true;
            download(destination, silence);
            resumable = false;
            store(destination);
        } catch (TransferException e) {
            resumable &= e.reason() != ReasonCode.NOT_FOUND;
            throw e;
        } catch (IOException | RuntimeException e) {
            resumable = false;
            throw e;
        } finally {
            if (!resumable) {
                close();
            }
        }
        report(silence);
    }

    private SectorPlace choosePlace() throws IOException {
        int sector = ready.sectorIndex();
        if (farm.isStored(sector) && predecessorFarms.getAsBoolean()) {
            if (free.of(farm.folder()) > total()) {
                return new CollectedSector(
                        farm, sector, IncomingFiles.of(farm.folder(), ready.job() + "-" + ready.attempt()));
            }
            LOG.info(
                    "{}: sector {} is given up while its successor arrives: the disk has no room for both",
                    farm.folder(),
                    sector);
        }
        return SectorPlace.plot(farm.beginSector(sector));
    }

    private long total() {
        return ready.sectorBytes() + ready.metadataBytes();
    }

    private void download(SectorPlace destination, Duration silence) throws IOException, InterruptedException {
        TransferException last = new TransferException(ReasonCode.UNREACHABLE, "the plot-server serves no address");
        for (int attempt = 0; attempt < TRIES && received < total(); attempt++) {
            for (String address : ready.addresses()) {
                try {
                    client.fetchSector(
                            address,
                            ready.job(),
                            ready.attempt(),
                            received,
                            silence,
                            (offset, bytes) -> take(destination, bytes));
                    break;
                } catch (TransferException e) {
                    last = e;
                    if (e.reason() == ReasonCode.NOT_FOUND) {
                        throw e;
                    }
                }
            }
            if (received < total()) {
                Thread.sleep(PAUSE);
            }
        }
        if (received != total()) {
            throw last;
        }
    }

    /** The next bytes, of the sector, of its metadata, or of both. */
    private void take(SectorPlace destination, MemorySegment bytes) throws IOException {
        if (received + bytes.byteSize() > total()) {
            // Not a TransferException: there is nothing to go on with.
            throw new IOException("more bytes than the sector " + ready.sectorIndex() + " has");
        }
        long ofSector = Math.clamp(ready.sectorBytes() - received, 0, bytes.byteSize());
        if (ofSector > 0) {
            destination.append(bytes.asSlice(0, ofSector));
        }
        if (ofSector < bytes.byteSize()) {
            int at = (int) (received + ofSector - ready.sectorBytes());
            MemorySegment.copy(
                    bytes, ValueLayout.JAVA_BYTE, ofSector, metadata, at, (int) (bytes.byteSize() - ofSector));
        }
        if (block.length < bytes.byteSize()) {
            block = new byte[(int) bytes.byteSize()];
        }
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, 0, block, 0, (int) bytes.byteSize());
        hasher.update(block, 0, (int) bytes.byteSize());
        received += bytes.byteSize();
    }

    private void store(SectorPlace destination) throws IOException {
        if (!Bytes.of(hasher.digest()).equals(ready.contentHash())) {
            throw new TransferException(ReasonCode.CORRUPT, "the sector arrived damaged");
        }
        try {
            SectorMetadata decoded = SectorMetadata.decode(metadata);
            if (decoded.sectorIndex() != ready.sectorIndex()
                    || decoded.pieces() != farm.info().piecesInSector()
                    || decoded.historySize() != ready.historySize()) {
                throw new TransferException(
                        ReasonCode.MALFORMED, "metadata of " + decoded + " for sector " + ready.sectorIndex());
            }
            destination.commit(decoded);
        } catch (ScaleException e) {
            throw new TransferException(
                    ReasonCode.MALFORMED, "metadata of sector " + ready.sectorIndex() + ": " + e.getMessage());
        }
    }

    /** Only the spool's room depends on this report: without it the server asks again, and is answered then. */
    private void report(Duration silence) throws InterruptedException {
        for (String address : ready.addresses()) {
            try {
                client.stored(address, ready.job(), ready.attempt(), silence);
                return;
            } catch (IOException e) {
                LOG.debug("sector {} not reported as stored: {}", ready.sectorIndex(), e.toString());
            }
        }
    }

    /** Gives up what has arrived where it is not stored. */
    @Override
    public void close() {
        SectorPlace old = place;
        place = null;
        received = 0;
        hasher = Blake3.hasher();
        if (old == null) {
            return;
        }
        try {
            old.close();
        } catch (IOException e) {
            LOG.warn("{}: what arrived of sector {} stays: {}", farm.folder(), ready.sectorIndex(), e.toString());
        }
    }
}
