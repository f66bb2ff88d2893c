package network.autonomys.farmer.devnode.node;

import java.io.IOException;
import java.util.function.Consumer;
import network.autonomys.farmer.core.pot.ProofOfTime;
import network.autonomys.farmer.core.types.PotNextSlotInput;
import network.autonomys.farmer.devnode.chain.Chain;
import network.autonomys.farmer.devnode.chain.ProofChain;
import network.autonomys.farmer.devnode.chain.ProofLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Proves time, slot after slot, never faster than the slot duration (node-rpc §6.2). */
public final class Timekeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Timekeeper.class);
    private static final double SHARE_OF_NEW = 0.1;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Chain chain;
    private final ProofLog log;
    private final Consumer<ProofChain.Proven> proven;
    private final Thread thread =
            Thread.ofPlatform().name("timekeeper").daemon().unstarted(this::run);
    private final Consumer<Throwable> onFailure;
    private volatile boolean paused;
    private volatile boolean closing;
    private volatile double meanProofNanos;
    private boolean warned;

    /**
     * @param proven told of each slot
     * @param onFailure told if time cannot be kept any longer
     */
    public Timekeeper(Chain chain, ProofLog log, Consumer<ProofChain.Proven> proven, Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
        this.chain = chain;
        this.log = log;
        this.proven = proven;
    }

    public void start() {
        thread.start();
    }

    /** Stops or lets go on. */
    public void pause(boolean on) {
        paused = on;
    }

    /** Mean time of a proof, in nanoseconds; 0 before the first. */
    public double meanProofNanos() {
        return meanProofNanos;
    }

    private void run() {
        long slotNanos = chain.spec().slotMillis() * NANOS_PER_MILLI;
        long due = System.nanoTime();
        try {
            while (true) {
                if (paused) {
                    Thread.sleep(chain.spec().slotMillis());
                    due = System.nanoTime();
                    continue;
                }
                PotNextSlotInput input = chain.proofs().nextInput(chain.best());
                long started = System.nanoTime();
                ProofChain.Proven next =
                        new ProofChain.Proven(input, ProofOfTime.prove(input.seed(), input.slotIterations()));
                measured(System.nanoTime() - started, slotNanos);
                due += slotNanos;
                long early = due - System.nanoTime();
                if (early > 0) {
                    Thread.sleep(early / NANOS_PER_MILLI, (int) (early % NANOS_PER_MILLI));
                } else {
                    due = System.nanoTime();
                }
                if (!input.equals(chain.proofs().nextInput(chain.best()))) {
                    // A block meanwhile announced an injection before this slot.
                    continue;
                }
                chain.proofs().add(next);
                log.append(next);
                proven.accept(next);
            }
        } catch (InterruptedException e) {
            LOG.debug("The timekeeper stops");
        } catch (IOException | RuntimeException e) {
            if (!closing) {
                LOG.error("Time cannot be kept", e);
                onFailure.accept(e);
            }
        }
    }

    private void measured(long nanos, long slotNanos) {
        meanProofNanos = meanProofNanos == 0 ? nanos : meanProofNanos * (1 - SHARE_OF_NEW) + nanos * SHARE_OF_NEW;
        if (nanos > slotNanos && !warned) {
            warned = true;
            LOG.warn(
                    "A proof of time takes {} ms, longer than a slot; choose fewer iterations or longer slots",
                    nanos / NANOS_PER_MILLI);
        }
    }

    @Override
    public void close() {
        closing = true;
        Threads.stop(thread);
    }
}
