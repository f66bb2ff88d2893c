package network.autonomys.farmer.runtime.engine;

import java.util.Map;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.cuda.GpuSettings;
import network.autonomys.farmer.cuda.GpuUnavailableException;
import network.autonomys.farmer.runtime.ConfigurationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where records are encoded and proofs found, as operators choose it; for use as a picocli mixin. */
public final class EngineOptions {
    @Option(
            names = "--gpus",
            paramLabel = "LIST",
            description = "Graphics cards to use, by their numbers within CUDA_VISIBLE_DEVICES, separated by commas."
                    + " Without it: all; where there is none, the processor.")
    private @Nullable String gpus;

    @Option(names = "--cpu", description = "Compute on the processor even where there are graphics cards.")
    private boolean cpu;

    @Option(
            names = "--cpu-fallback",
            description =
                    "Compute on the processor while no graphics card can, and sectors of the second proof-of-space rule in"
                            + " any case; without it, such work waits or goes elsewhere.")
    private boolean cpuFallback;

    /**
     * The cards that the options and the environment name.
     *
     * @param processor the processor's engine, closed by its owner after the cards
     * @throws ConfigurationException where cards are asked for by name that cannot be used, or a value cannot be met
     */
    public Cards cards(RecordEngine processor, Map<String, String> environment) throws ConfigurationException {
        if (cpu) {
            return Cards.none(processor, "--cpu");
        }
        String named = gpus == null ? "" : gpus;
        try {
            GpuSettings settings = GpuSettings.of(named, environment);
            return open(fallback -> Cards.open(settings, processor, fallback), cpuFallback, named.isBlank());
        } catch (GpuUnavailableException e) {
            if (e.ofSettings()) {
                throw new ConfigurationException(String.valueOf(e.getMessage()));
            }
            if (!named.isBlank() && !cpuFallback) {
                throw new ConfigurationException("--gpus " + named + ": " + e.getMessage()
                        + " (--cpu-fallback would compute on the processor, --cpu always does)");
            }
            return Cards.none(processor, String.valueOf(e.getMessage()));
        }
    }

    /** Opens cards, with or without the processor's help. */
    interface Opening {
        Cards open(boolean fallback) throws GpuUnavailableException;
    }

    /**
     * Cards that are there and fail may only be busy for now, with a process that is about to end: where none are asked for by name, the processor helps out
     * until they can be used, rather than for good.
     */
    static Cards open(Opening opening, boolean cpuFallback, boolean any) throws GpuUnavailableException {
        try {
            return opening.open(cpuFallback);
        } catch (GpuUnavailableException e) {
            if (!any || !e.ofFailure()) {
                throw e;
            }
            return opening.open(true);
        }
    }
}
