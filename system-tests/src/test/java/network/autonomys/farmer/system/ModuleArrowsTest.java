package network.autonomys.farmer.system;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the modules to the arrows of docs/architecture.md: they point down only, and a library is imported where it belongs. */
class ModuleArrowsTest {
    private static final String ROOT = "network.autonomys.farmer";

    /** Each module's packages, and the modules below it that it may use. */
    private static final Map<String, Set<String>> MAY_USE = new LinkedHashMap<>();

    static {
        Set<String> daemonStack = Set.of("runtime", "storage", "protocol", "core");
        MAY_USE.put("core", Set.of());
        MAY_USE.put("cuda", Set.of("core"));
        MAY_USE.put("protocol", Set.of("core"));
        MAY_USE.put("storage", Set.of("protocol", "core"));
        MAY_USE.put("runtime", Set.of("storage", "protocol", "cuda", "core"));
        MAY_USE.put("nodeproxy", daemonStack);
        MAY_USE.put("devnode", Set.of("nodeproxy", "runtime", "storage", "protocol", "core"));
        MAY_USE.put("controller", Set.of("nodeproxy", "runtime", "storage", "protocol", "core"));
        MAY_USE.put("shardedcache", daemonStack);
        MAY_USE.put("fullpiececache", daemonStack);
        MAY_USE.put("plotserver", daemonStack);
        MAY_USE.put("proofserver", daemonStack);
        MAY_USE.put("plotclient", daemonStack);
        MAY_USE.put("cli", null);
    }

    private static JavaClasses classes;

    @BeforeAll
    static void importClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
    }

    @Test
    void everyPackageBelongsToAKnownModule() {
        Set<String> testOnly = Set.of("testkit", "system", "benchmarks");
        List<String> strangers = classes.stream()
                .map(JavaClass::getPackageName)
                .distinct()
                .filter(name -> !MAY_USE.containsKey(moduleOf(name)) && !testOnly.contains(moduleOf(name)))
                .toList();
        assertThat(strangers).as("packages of no module").isEmpty();
        MAY_USE.keySet()
                .forEach(module -> assertThat(classes.stream())
                        .as("classes of module " + module)
                        .anyMatch(c -> moduleOf(c.getPackageName()).equals(module)));
    }

    @Test
    void arrowsPointDownOnly() {
        MAY_USE.forEach((module, below) -> {
            if (below == null) {
                return;
            }
            String[] forbidden = MAY_USE.keySet().stream()
                    .filter(other -> !other.equals(module) && !below.contains(other))
                    .map(ModuleArrowsTest::packages)
                    .toArray(String[]::new);
            check(noClasses()
                    .that()
                    .resideInAPackage(packages(module))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden)
                    .evaluate(classes));
        });
    }

    @Test
    void librariesAreImportedWhereTheyBelong() {
        onlyIn("runtime", "io.nats..", "io.netty..");
        onlyIn("cuda", "jcuda..");
        check(noClasses()
                .that()
                .resideInAPackage(packages("core"))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.nio.file..",
                                "java.net..",
                                "org.slf4j..",
                                "com.fasterxml..",
                                "io.prometheus..",
                                "picocli..")
                        .and(not(type(InetAddress.class))))
                .evaluate(classes.that(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "outside the native library's loader",
                        c -> !c.getPackageName().equals(ROOT + ".core.kzg")
                                || !c.getSimpleName().startsWith("Blst")))));
    }

    /** The core reads literal addresses, which is arithmetic; it never resolves a name. */
    @Test
    void theCoreResolvesNoNames() {
        check(noClasses()
                .that()
                .resideInAPackage(packages("core"))
                .should()
                .callMethodWhere(
                        target(owner(type(InetAddress.class))).and(not(target(nameMatching("ofLiteral|getAddress")))))
                .evaluate(classes));
    }

    private static void onlyIn(String module, String... libraries) {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(packages(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .evaluate(classes));
    }

    private static void check(EvaluationResult result) {
        assertThat(result.getFailureReport().getDetails()).isEmpty();
    }

    private static String packages(String module) {
        return ROOT + "." + module + "..";
    }

    private static String moduleOf(String packageName) {
        if (packageName.equals(ROOT)) {
            return "";
        }
        return packageName.substring(ROOT.length() + 1).split("\\.", -1)[0];
    }
}
