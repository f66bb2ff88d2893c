package network.autonomys.farmer.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** All benchmarks by name, in the order in which they are reported; each is set up only when it is asked for. */
final class Cases {
    private final Map<String, Function<Setup, Case>> cases = new LinkedHashMap<>();

    Cases() {
        HashCases.addTo(this);
        FieldCases.addTo(this);
        KzgCases.addTo(this);
        PosCases.addTo(this);
        SectorCases.addTo(this);
        ArchiveCases.addTo(this);
        DiskCases.addTo(this);
    }

    /** Adds a benchmark. */
    void add(String name, Function<Setup, Case> setUp) {
        if (cases.put(name, setUp) != null) {
            throw new IllegalStateException("two benchmarks named " + name);
        }
    }

    Set<String> names() {
        return cases.keySet();
    }

    /** Names that begin with one of the given beginnings; all where none is given. */
    Collection<String> select(Collection<String> beginnings) {
        return cases.keySet().stream()
                .filter(name -> beginnings.isEmpty() || beginnings.stream().anyMatch(name::startsWith))
                .toList();
    }

    /**
     * Sets a benchmark up.
     *
     * @throws IllegalArgumentException where there is none of that name
     */
    Case make(String name, Setup setup) {
        Function<Setup, Case> setUp = cases.get(name);
        if (setUp == null) {
            throw new IllegalArgumentException("no benchmark " + name + "; there are " + cases.keySet());
        }
        return setUp.apply(setup);
    }
}
