package network.autonomys.farmer.controller;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import network.autonomys.farmer.core.kzg.DevSecret;
import network.autonomys.farmer.core.kzg.KzgParameters;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.SlotProbability;
import network.autonomys.farmer.devnode.DevNode;
import network.autonomys.farmer.devnode.chain.BlockException;
import network.autonomys.farmer.devnode.chain.ChainSpec;

/** A real node of a small chain with quick slots. */
final class TestChain {
    static final KzgParameters PARAMETERS = KzgParameters.parse(MemorySegment.ofArray(DevSecret.parameterFile()));

    private TestChain() {}

    /** Starts a node; port 0 takes a free one. */
    static DevNode start(Path folder, int port) throws IOException, BlockException, InterruptedException {
        ChainSpec spec = new ChainSpec(
                "controller tests",
                100,
                1_600,
                "",
                2,
                4,
                new SlotProbability(1, 1),
                2016,
                true,
                4,
                9,
                2,
                5,
                new Fraction(1, 10),
                4,
                new ChainSpec.EntropyTiming(50, 2, 15),
                new ChainSpec.Authoring(false, Optional.empty()),
                PARAMETERS.digest());
        return DevNode.start(new DevNode.Options(
                spec,
                PARAMETERS,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                folder,
                true,
                false,
                true,
                0,
                true,
                Set.of(),
                Optional.empty()));
    }

    static URI url(String scheme, int port) {
        return URI.create(scheme + "://127.0.0.1:" + port);
    }
}
