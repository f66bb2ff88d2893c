package network.autonomys.farmer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parts of a server are closed whatever the others do. */
class PartsTest {
    private final List<String> closed = new ArrayList<>();
    private final Parts parts = new Parts("test");

    @Test
    void theLatestIsClosedFirstAndEachOnce() {
        AutoCloseable first = () -> closed.add("first");
        assertThat(parts.add(first)).isSameAs(first);
        parts.add(() -> closed.add("second"));
        parts.close();
        parts.close();
        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void oneThatFailsKeepsNoneOpen() {
        parts.add(
                () -> closed.add("first, interrupted: " + Thread.currentThread().isInterrupted()));
        parts.add(() -> {
            throw new InterruptedException("second");
        });
        parts.add(() -> {
            throw new IOException("third");
        });
        parts.add(() -> {
            throw new IllegalStateException("fourth");
        });
        parts.close();
        assertThat(closed).containsExactly("first, interrupted: false");
        assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    }
}
