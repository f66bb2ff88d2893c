package network.autonomys.farmer.controller;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.core.archive.SignedBlock;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.nodeproxy.ChainCalls;

/** Blocks of a node by their numbers, each with the hash that the node gave for its number (node-rpc §5.5). */
final class BlockFetch {
    private BlockFetch() {}

    /**
     * Fetches blocks, in the order of the numbers.
     *
     * @throws NodeRefusal where the node does not have one of them
     */
    static List<SignedBlock> blocks(ChainCalls calls, List<Long> numbers) throws IOException, InterruptedException {
        List<Bytes> hashes = new ArrayList<>();
        List<Optional<Bytes>> known = calls.blockHashes(numbers);
        for (int i = 0; i < numbers.size(); i++) {
            long number = numbers.get(i);
            hashes.add(known.get(i).orElseThrow(() -> new NodeRefusal("the node has no block " + number)));
        }
        List<SignedBlock> fetched = new ArrayList<>();
        List<Optional<SignedBlock>> bodies = calls.blocks(hashes);
        for (int i = 0; i < numbers.size(); i++) {
            long number = numbers.get(i);
            SignedBlock block = bodies.get(i)
                    .orElseThrow(() -> new NodeRefusal("the node has not kept the body of block " + number
                            + ": it must run with --sync full and archive pruning for blocks"));
            if (!block.header().hash().equals(hashes.get(i))) {
                throw new IOException("block " + number + " does not have the hash that the node gave");
            }
            fetched.add(block);
        }
        return fetched;
    }
}
