package network.autonomys.farmer.runtime.cache;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import network.autonomys.farmer.protocol.message.PieceLocation;

/** The last resort: some controller brings the pieces within reach and says where they are then. */
record ControllerSource(Finder finder, PieceTransport transport) implements PieceSource {
    /** Asks the controllers. */
    @FunctionalInterface
    interface Finder {
        List<PieceLocation> find(List<Long> pieces, Duration limit) throws IOException, InterruptedException;
    }

    @Override
    public String name() {
        return "controllers";
    }

    @Override
    public int rank() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean mayHold(long piece) {
        return true;
    }

    @Override
    public void fetch(long[] pieces, PieceSink sink, Duration limit) throws IOException, InterruptedException {
        List<Long> wanted = Arrays.stream(pieces).boxed().toList();
        Map<String, List<Long>> byAddress = new HashMap<>();
        for (PieceLocation location : finder.find(wanted, limit)) {
            if (!location.address().isEmpty() && wanted.contains(location.pieceIndex())) {
                byAddress
                        .computeIfAbsent(location.address(), address -> new ArrayList<>())
                        .add(location.pieceIndex());
            }
        }
        IOException failure = null;
        for (Map.Entry<String, List<Long>> place : byAddress.entrySet()) {
            long[] here = place.getValue().stream().mapToLong(Long::longValue).toArray();
            try {
                transport.fetch(place.getKey(), here, sink, limit);
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
