package network.autonomys.farmer.core.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import network.autonomys.farmer.core.engine.FieldEngine.Recovered;

/** A recovery of an engine that does all of it when the shards are there. */
final class LaterRecovery implements FieldEngine.Recovery {
    private final FieldEngine engine;
    private final int points;
    private final MemorySegment present;

    LaterRecovery(FieldEngine engine, int points, MemorySegment present) {
        long bytes = (points + 7L) / 8;
        if (points < 2 || points > FieldEngine.MAX_POINTS || Integer.bitCount(points) != 1) {
            throw new IllegalArgumentException(points + " is no power of two from 2 to " + FieldEngine.MAX_POINTS);
        }
        if (present.byteSize() < bytes) {
            throw new IllegalArgumentException("a set of " + points + " shards takes " + bytes + " bytes");
        }
        this.engine = engine;
        this.points = points;
        this.present = MemorySegment.ofArray(present.asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE));
        int there = 0;
        for (int i = 0; i < points; i++) {
            there += this.present.get(ValueLayout.JAVA_BYTE, i / 8) >> i % 8 & 1;
        }
        if (there < points / 2) {
            throw new IllegalArgumentException(there + " of " + points + " shards are too few");
        }
    }

    @Override
    public void recover(MemorySegment shards, Recovered what, MemorySegment out) {
        engine.recover(points, present, shards, what, out);
    }

    @Override
    public void close() {}
}
