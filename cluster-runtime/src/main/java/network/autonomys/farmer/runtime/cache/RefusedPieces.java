package network.autonomys.farmer.runtime.cache;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers for a while which source gave which piece badly; the newest few thousand. Safe for use by several threads. */
final class RefusedPieces {
    private static final int MOST = 4096;

    private record Key(long piece, String source) {}

    private final long forgivenAfterNanos;
    private final Map<Key, Long> since = new LinkedHashMap<>();

    RefusedPieces(Duration forgivenAfter) {
        this.forgivenAfterNanos = forgivenAfter.toNanos();
    }

    synchronized void add(long piece, String source) {
        Key key = new Key(piece, source);
        since.remove(key);
        since.put(key, System.nanoTime());
        Iterator<Key> oldest = since.keySet().iterator();
        while (since.size() > MOST) {
            oldest.next();
            oldest.remove();
        }
    }

    synchronized boolean contains(long piece, String source) {
        Key key = new Key(piece, source);
        Long at = since.get(key);
        if (at != null && System.nanoTime() - at > forgivenAfterNanos) {
            since.remove(key);
            return false;
        }
        return at != null;
    }
}
