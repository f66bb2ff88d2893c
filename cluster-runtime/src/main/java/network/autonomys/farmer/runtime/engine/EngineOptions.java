package network.autonomys.farmer.runtime.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** What an operator can say about engines, for use as a picocli mixin. There is one engine so far: the processor. */
public final class EngineOptions {
    private static final Logger LOG = LoggerFactory.getLogger(EngineOptions.class);
    private static final List<String> GPU_VARIABLES = List.of("CUDA_VISIBLE_DEVICES", "GPU_CONCURRENCY");

    @Option(
            names = "--gpus",
            paramLabel = "LIST",
            description = "Graphics cards to use. Without effect: this version computes on the processor.")
    private @Nullable String gpus;

    @Option(names = "--cpu", description = "Compute on the processor; this is what this version does.")
    private boolean cpu;

    @Option(
            names = "--cpu-fallback",
            description = "Compute on the processor where there is no graphics card; this is what this version does.")
    private boolean cpuFallback;

    /** Says in the log what was asked for and has no effect. */
    public void explain(Map<String, String> environment) {
        String named = gpus;
        if (named != null && !cpu) {
            LOG.warn("--gpus {} has no effect: this version computes on the processor", named);
        }
        for (String variable : GPU_VARIABLES) {
            String value = environment.get(variable);
            if (value != null && !value.isBlank()) {
                LOG.warn("{}={} has no effect: this version computes on the processor", variable, value);
            }
        }
        if (cpu || cpuFallback) {
            LOG.debug("the processor computes, as asked for");
        }
    }
}
