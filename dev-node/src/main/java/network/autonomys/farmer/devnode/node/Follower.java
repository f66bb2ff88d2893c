package network.autonomys.farmer.devnode.node;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import network.autonomys.farmer.core.archive.SignedBlock;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.FarmerAppInfo;
import network.autonomys.farmer.core.types.RewardSignatureResponse;
import network.autonomys.farmer.core.types.RewardSigningInfo;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.SolutionResponse;
import network.autonomys.farmer.devnode.chain.Archive;
import network.autonomys.farmer.devnode.chain.BlockException;
import network.autonomys.farmer.devnode.chain.Chain;
import network.autonomys.farmer.devnode.rpc.RpcFailure;
import network.autonomys.farmer.nodeproxy.NodeClient;
import network.autonomys.farmer.nodeproxy.NodeClientSettings;
import network.autonomys.farmer.nodeproxy.NodeListener;
import network.autonomys.farmer.nodeproxy.rpc.NotConnectedException;
import network.autonomys.farmer.nodeproxy.rpc.RpcErrorException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows another dev node: takes its blocks after checking each in full, archives them itself, announces its slots and requests for
 * signatures, and passes on what farmers hand in. What two nodes of one chain are to two controllers.
 */
public final class Follower implements FarmerMethods.Desk, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private final Chain chain;
    private final Archive archive;
    private final Announcements announcements;
    private final NodeClient leader;
    private final Semaphore news = new Semaphore(0);
    private final Consumer<Throwable> onFailure;
    private final Thread importer =
            Thread.ofPlatform().name("importer").daemon().unstarted(this::run);
    private volatile boolean closing;

    /** @param onFailure told if the leader's chain cannot be followed */
    public Follower(
            URI leader,
            Chain chain,
            Archive archive,
            Announcements announcements,
            RandomGenerator random,
            Consumer<Throwable> onFailure) {
        this.chain = chain;
        this.archive = archive;
        this.announcements = announcements;
        this.onFailure = onFailure;
        this.leader = new NodeClient(leader, NodeClientSettings.standard().withoutSegments(), new Events(), random);
    }

    public void start() {
        importer.start();
        leader.start();
    }

    private final class Events implements NodeListener {
        @Override
        public void connected(FarmerAppInfo info) {
            Bytes genesis = chain.spec().genesis().hash();
            if (!info.genesisHash().equals(genesis)) {
                fail(new BlockException(
                        "the leader's chain has genesis block " + info.genesisHash() + ", these options " + genesis));
            }
            news.release();
        }

        @Override
        public void slot(SlotInfo slot, long receivedAt) {
            announcements.slot(slot);
            news.release();
        }

        @Override
        public void rewardSigning(RewardSigningInfo request, long receivedAt) {
            announcements.signing(request);
        }
    }

    private void fail(Throwable cause) {
        if (!closing) {
            LOG.error("The leader cannot be followed", cause);
            onFailure.accept(cause);
        }
    }

    private void run() {
        try {
            while (true) {
                news.acquire();
                news.drainPermits();
                try {
                    catchUp();
                } catch (NotConnectedException e) {
                    LOG.debug("The leader is away: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("The importer stops");
        } catch (BlockException | RuntimeException e) {
            fail(e);
        }
    }

    private void catchUp() throws BlockException, InterruptedException, NotConnectedException {
        try {
            Optional<Bytes> same = leader.chain().blockHash(chain.best().number());
            if (same.isPresent() && !same.get().equals(chain.bestHash())) {
                throw new BlockException(
                        "the leader has another block " + chain.best().number());
            }
            while (importNext()) {
                LOG.debug("Imported block {}", chain.best().number());
            }
        } catch (NotConnectedException e) {
            throw e;
        } catch (IOException e) {
            if (closing) {
                throw new InterruptedException("closing");
            }
            // The next slot asks again.
            LOG.warn("Blocks of the leader cannot be had: {}", e.toString());
        }
    }

    private boolean importNext() throws IOException, BlockException, InterruptedException {
        Optional<Bytes> hash = leader.chain().blockHash(chain.best().number() + 1);
        if (hash.isEmpty()) {
            return false;
        }
        Optional<SignedBlock> block = leader.chain().block(hash.get());
        if (block.isEmpty()) {
            return false;
        }
        if (!block.get().header().hash().equals(hash.get())) {
            throw new BlockException("the leader's block has another hash");
        }
        chain.addForeign(block.get());
        chain.proofs().realign(chain.best());
        archive.imported(chain.best().number());
        return true;
    }

    @Override
    public boolean solution(SolutionResponse response) throws RpcFailure, IOException, InterruptedException {
        try {
            return leader.calls().submitSolution(response);
        } catch (NotConnectedException e) {
            return false;
        } catch (RpcErrorException e) {
            throw RpcFailure.of((int) e.code(), e.text());
        }
    }

    @Override
    public void signature(RewardSignatureResponse response) throws RpcFailure, IOException, InterruptedException {
        try {
            leader.calls().submitRewardSignature(response);
        } catch (NotConnectedException e) {
            LOG.debug("A signature for a leader that is away");
        } catch (RpcErrorException e) {
            throw RpcFailure.of((int) e.code(), e.text());
        }
    }

    @Override
    public void close() {
        closing = true;
        leader.close();
        Threads.stop(importer);
    }
}
