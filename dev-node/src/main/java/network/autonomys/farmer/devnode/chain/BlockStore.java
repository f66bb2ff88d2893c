package network.autonomys.farmer.devnode.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.autonomys.farmer.core.archive.BlockHeader;
import network.autonomys.farmer.core.archive.Justification;
import network.autonomys.farmer.core.archive.SignedBlock;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SignedVote;

/** The chain's blocks on disk. Filler is stored by its length and made again on demand. May be used by several threads at once. */
public final class BlockStore implements AutoCloseable {
    private final ChainSpec spec;
    private final RecordLog log;
    private final List<BlockHeader> headers = new ArrayList<>();
    private final Map<Bytes, Long> numbers = new HashMap<>();

    private BlockStore(ChainSpec spec, RecordLog log) {
        this.spec = spec;
        this.log = log;
    }

    /**
     * Opens or creates the file.
     *
     * @throws BlockException where it is the file of another chain
     */
    public static BlockStore open(ChainSpec spec, Path file) throws IOException, BlockException {
        BlockStore store = new BlockStore(spec, RecordLog.open(file));
        if (store.log.size() == 0) {
            store.log.append(store.encode(new SignedBlock(spec.genesis(), List.of(), Optional.empty())));
        }
        for (int i = 0; i < store.log.size(); i++) {
            store.index(decode(store.log.get(i)).header());
        }
        if (!store.headers.getFirst().equals(spec.genesis())) {
            store.log.close();
            throw new BlockException("the folder holds another chain: its genesis block is "
                    + store.headers.getFirst().hash() + ", that of these options "
                    + spec.genesis().hash());
        }
        return store;
    }

    private void index(BlockHeader header) {
        numbers.put(header.hash(), (long) headers.size());
        headers.add(header);
    }

    /** Appends a block; it is on disk when this returns. */
    public void append(SignedBlock block) throws IOException, BlockException {
        byte[] record = encode(block);
        synchronized (this) {
            if (block.header().number() != headers.size()) {
                throw new IllegalArgumentException("block " + block.header().number() + " after " + headers.size());
            }
            log.append(record);
            index(block.header());
        }
    }

    private byte[] encode(SignedBlock block) throws BlockException {
        ScaleWriter out = new ScaleWriter();
        block.header().write(out);
        boolean genesis = block.header().number() == 0;
        if (!genesis) {
            Body body = Body.of(block.extrinsics());
            out.writeU64(body.timeMillis()).writeList(body.headers()).writeList(body.votes());
            out.writeU32(body.fillerBytes());
            out.writeOption(block.justifications(), ScaleWriter::writeList);
        }
        return out.toByteArray();
    }

    /**
     * A block as it is stored.
     *
     * @param body with the length of its filler alone; absent for the genesis block
     */
    public record Stored(BlockHeader header, Optional<Body> body, Optional<List<Justification>> justifications) {}

    private static Stored decode(byte[] record) throws BlockException {
        try {
            ScaleReader in = new ScaleReader(record);
            BlockHeader header = BlockHeader.read(in);
            if (header.number() == 0) {
                return new Stored(header, Optional.empty(), Optional.empty());
            }
            long time = in.readU64();
            List<SegmentHeader> headers = in.readList(94, SegmentHeader::read);
            List<SignedVote> votes = in.readList(553, SignedVote::read);
            Body body = new Body(time, headers, votes, (int) in.readU32());
            return new Stored(header, Optional.of(body), in.readOption(list -> list.readList(5, Justification::read)));
        } catch (ScaleException | IllegalArgumentException e) {
            throw new BlockException("a damaged block: " + e.getMessage());
        }
    }

    /** Number of the best block. */
    public synchronized long best() {
        return headers.size() - 1L;
    }

    /** The hash of a block. */
    public synchronized Optional<Bytes> hash(long number) {
        return number < 0 || number >= headers.size()
                ? Optional.empty()
                : Optional.of(headers.get((int) number).hash());
    }

    /** The header of a block. */
    public synchronized BlockHeader header(long number) {
        return headers.get((int) number);
    }

    /** The number of the block of a hash. */
    public synchronized Optional<Long> number(Bytes hash) {
        return Optional.ofNullable(numbers.get(hash));
    }

    /** A block without its filler. */
    public Stored stored(long number) throws IOException {
        try {
            return decode(log.get((int) number));
        } catch (BlockException e) {
            throw new IOException(e);
        }
    }

    /** A whole block. */
    public SignedBlock block(long number) throws IOException {
        Stored stored = stored(number);
        List<Bytes> extrinsics =
                stored.body().map(body -> body.extrinsics(spec.seed(), number)).orElse(List.of());
        return new SignedBlock(stored.header(), extrinsics, stored.justifications());
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
