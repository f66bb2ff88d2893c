package network.autonomys.farmer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jmh.annotations.Param;

/** Every benchmark runs, and gives what its baseline gives; no figure is looked at. */
class BenchmarksTest {
    /** Their only size takes a minute; what they are made of has its own tests and benchmarks. */
    private static final Set<String> TOO_LONG = Set.of("archive/segment", "archive/segment-2-threads");

    private static final Setup SETUP = new Setup(true, Setup.TEMPORARY);

    @AfterAll
    static void free() {
        SETUP.close();
    }

    @TestFactory
    List<DynamicTest> oursGivesWhatTheBaselineGives() {
        Cases cases = new Cases();
        return cases.names().stream()
                .filter(name -> !TOO_LONG.contains(name))
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    Case benchmark = cases.make(name, SETUP);
                    Object ours = benchmark.ours().run();
                    assertThat(ours).isNotNull();
                    assertThat(benchmark.operations()).isPositive();
                    Work baseline = benchmark.baseline();
                    if (baseline != null) {
                        assertThat(baseline.run()).isEqualTo(ours);
                        assertThat(benchmark.baselineName()).isNotEmpty();
                    }
                }))
                .toList();
    }

    @Test
    void jmhKnowsThemAll() throws ReflectiveOperationException {
        Param names = KernelBenchmark.class.getField("name").getAnnotation(Param.class);
        assertThat(names.value()).containsExactlyElementsOf(new Cases().names());
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Cases().make("kzg/comit", SETUP));
        assertThat(new Cases().select(List.of("kzg/verify"))).containsExactly("kzg/verify", "kzg/verify-batch");
        assertThat(new Cases().select(List.of())).hasSameSizeAs(new Cases().names());
    }

    @Test
    void ratiosAreOfOperations() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Work spin = () -> {
            long end = System.nanoTime() + 2_000_000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return runs.incrementAndGet();
        };
        Case benchmark = Case.of(spin)
                .operations(10)
                .against("fewer", spin)
                .baselineOperations(5)
                .onTheWall();
        Measurement.Figures figures = new Measurement(Duration.ofMillis(1), Duration.ofMillis(200)).measure(benchmark);
        assertThat(figures.ratio().orElseThrow()).isBetween(1.0, 4.0);
        assertThat(figures.best()).isBetween(200_000.0, figures.median());
        assertThat(figures.rounds()).isGreaterThanOrEqualTo(3);
        assertThat(runs.get()).isGreaterThanOrEqualTo(2 * figures.rounds());
        assertThat(benchmark.alone().baseline()).isNull();
        Case littering = Case.of(() -> new byte[100_000]).operations(10);
        assertThat(new Measurement(Duration.ofMillis(1), Duration.ofMillis(10))
                        .measure(littering)
                        .garbage())
                .isBetween(10_000.0, 11_000.0);
    }

    @Test
    void tablesAndJsonShowTheFigures() {
        Report report = new Report(SETUP.form());
        Case benchmark = Case.of(() -> "").against("another", () -> "").elsewhere("7 ms there");
        report.add(
                "a/b",
                benchmark,
                new Measurement.Figures(1_500, 2_345_678, OptionalDouble.of(4e9), OptionalDouble.of(1.75), 3, 12_345));
        assertThat(report.line("a/b"))
                .contains("a/b", "1.50 µs", "2.35 ms", "4.00 s", "1.75", "12 kB", "another", "7 ms there");
        assertThat(report.json())
                .contains("\"ratio\" : 1.75", "\"a/b\"", "\"rounds\" : 3", "\"garbageBytes\" : 12345.0");
        report.add(
                "c/d",
                Case.of(() -> "")
                        .details(runs -> new Case.Details(List.of(runs + " runs"), Map.of("processorMillis", 12.5))),
                new Measurement.Figures(1, 2, OptionalDouble.empty(), OptionalDouble.empty(), 7, 0));
        assertThat(report.details("a/b")).isEmpty();
        assertThat(report.details("c/d")).containsExactly("  7 runs", "  processorMillis: 12.50");
        assertThat(report.json()).contains("\"processorMillis\" : 12.5");
        assertThat(report.head()).contains("cores");
        assertThat(Report.time(999.6)).isEqualTo("1.00 µs");
        assertThat(Report.time(12.34)).isEqualTo("12.3 ns");
        assertThat(Report.time(5e12)).isEqualTo("5000 s");
    }
}
