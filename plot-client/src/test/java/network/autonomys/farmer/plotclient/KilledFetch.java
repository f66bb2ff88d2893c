package network.autonomys.farmer.plotclient;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.runtime.tcp.BulkClient;
import network.autonomys.farmer.runtime.tcp.BulkServer;
import network.autonomys.farmer.runtime.tcp.SectorProvider;
import network.autonomys.farmer.storage.farm.Farm;

/** A process of its own that dies while it fetches sector 1 of a farm, with several blocks written. */
final class KilledFetch {
    /** Its exit status. */
    static final int KILLED = 42;

    private KilledFetch() {}

    /** Takes the farm's folder and whether the stored sector still farms. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        byte[] content = SectorFixture.transfer(1, 7);
        SectorProvider dying = new SectorProvider() {
            @Override
            public long length(InstanceId job, long attempt) {
                return content.length;
            }

            @Override
            public void read(InstanceId job, long attempt, long offset, ByteBuffer into) {
                if (offset >= 4 << 20) {
                    Runtime.getRuntime().halt(KILLED);
                }
                into.put(content, (int) offset, into.remaining());
            }

            @Override
            public void stored(InstanceId job, long attempt) {}
        };
        try (Farm farm = SectorFixture.open(Path.of(arguments[0]));
                BulkServer server = SectorFixture.serve(dying);
                BulkClient client = new BulkClient(SectorFixture.SETTINGS, Duration.ofSeconds(5));
                SectorFetch fetch = new SectorFetch(
                        client,
                        farm,
                        SectorFixture.ready(1, 1, 7, content, server),
                        () -> Boolean.parseBoolean(arguments[1]),
                        folder -> 1L << 40)) {
            fetch.run(Duration.ofSeconds(10));
        }
    }
}
