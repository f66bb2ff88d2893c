package network.autonomys.farmer.runtime.cache;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.PieceLocation;
import network.autonomys.farmer.protocol.message.PieceSourceAnswer;
import network.autonomys.farmer.protocol.message.PieceSourceRequest;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.nats.BusException;

/** Asks the controllers over the bus to bring pieces within reach. */
record ControllerCall(Bus bus, InstanceId self) implements ControllerSource.Finder {
    private static final Duration ANSWER = Duration.ofSeconds(60);

    @Override
    public List<PieceLocation> find(List<Long> pieces, Duration limit) throws IOException, InterruptedException {
        Duration budget = limit.compareTo(ANSWER) < 0 ? limit : ANSWER;
        try {
            return bus.call(
                            bus.subjects().pieceSource(),
                            new PieceSourceRequest(self, pieces),
                            PieceSourceAnswer.class,
                            budget)
                    .locations();
        } catch (BusException e) {
            throw new IOException("no controller finds pieces: " + e.getMessage(), e);
        }
    }
}
