package network.autonomys.farmer.cli.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import network.autonomys.farmer.runtime.ConfigurationException;
import network.autonomys.farmer.runtime.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all benchmarks do: measure with progress on the error stream, calibrate, print. */
abstract class MeasuringCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Timings timings = new Timings();

    /** Measures once with these timings. */
    abstract void measure(Timings with, PrintWriter progress)
            throws ConfigurationException, IOException, InterruptedException;

    /** A number that an option was given. */
    final int atLeastOne(String option, int value) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), option + " is at least 1, not " + value);
        }
        return value;
    }

    @Override
    public final Integer call() throws InterruptedException {
        PrintWriter progress = spec.commandLine().getErr();
        atLeastOne("--count", timings.count());
        try {
            measure(timings, progress);
            Calibration.addTo(timings, progress);
            timings.print(spec.commandLine().getOut());
            return ExitCode.STOPPED;
        } catch (ConfigurationException e) {
            progress.println("benchmark " + spec.name() + ": " + e.getMessage());
            return ExitCode.CONFIGURATION;
        } catch (IOException e) {
            progress.println("benchmark " + spec.name() + ": " + e.getMessage());
            return ExitCode.FAILED;
        } finally {
            progress.flush();
        }
    }
}
