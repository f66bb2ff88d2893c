package network.autonomys.farmer.benchmarks.gpu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import network.autonomys.farmer.core.engine.ProofTable;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.types.Bytes;
import org.jspecify.annotations.Nullable;

/** Tables of the reference implementation: the digest of all proofs of a seed, and of which s-buckets have one. */
final class ReferenceTables {
    private static final HexFormat HEX = HexFormat.of();

    private final List<Known> tables;

    private ReferenceTables(List<Known> tables) {
        this.tables = List.copyOf(tables);
    }

    private record Known(String name, PosVersion version, Bytes seed, String proofs, String found) {
        boolean agreesWith(RecordEngine engine) {
            byte[] bitfield = new byte[ProofTable.BITFIELD_BYTES];
            byte[] proof = new byte[ProofTable.PROOF_BYTES];
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try (ProofTable table = engine.table(version, seed.toArray())) {
                for (int s = 0; s < ProofTable.S_BUCKETS; s++) {
                    if (table.findProof(s, proof)) {
                        bitfield[s >> 3] |= (byte) (1 << (s & 7));
                        all.writeBytes(proof);
                    }
                }
            }
            return digest(all.toByteArray()).equals(proofs) && digest(bitfield).equals(found);
        }

        private static String digest(byte[] data) {
            return HEX.formatHex(Blake3.hash(data));
        }
    }

    /**
     * Reads the cases of kind {@code table} of all files of a folder.
     *
     * @throws IOException where the folder has none, or one that is not understood
     */
    static ReferenceTables in(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        List<Known> tables = new ArrayList<>();
        for (Path file : files) {
            for (JsonNode one : new ObjectMapper().readTree(file.toFile()).path("cases")) {
                PosVersion version = version(one.path("version").asText());
                if (version != null && one.path("kind").asText().equals("table")) {
                    tables.add(known(file, version, one));
                }
            }
        }
        if (tables.isEmpty()) {
            throw new IOException(folder + ": no tables of the reference");
        }
        return new ReferenceTables(tables);
    }

    /** None: nothing is compared. */
    static ReferenceTables none() {
        return new ReferenceTables(List.of());
    }

    /** Null for tables that are no proof of space, with which the reference tests itself. */
    private static @Nullable PosVersion version(String name) {
        return switch (name) {
            case "v1" -> PosVersion.V1;
            case "v2" -> PosVersion.V2;
            default -> null;
        };
    }

    private static Known known(Path file, PosVersion version, JsonNode one) throws IOException {
        String name = one.path("name").asText();
        String proofs = one.at("/proofs/blake3").asText();
        String found = one.at("/bitfield/blake3").asText();
        String seed = one.path("seed").asText();
        if (seed.length() != 2 * RecordEngine.SEED_BYTES || proofs.isEmpty() || found.isEmpty()) {
            throw new IOException(file + ": the table \"" + name + "\" has no seed of 32 bytes or no digests");
        }
        try {
            return new Known(name, version, Bytes.fromHex(seed), proofs, found);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": the table \"" + name + "\": " + e.getMessage(), e);
        }
    }

    int size() {
        return tables.size();
    }

    /** Whether the cards give these tables; which they do not is noted. */
    boolean check(RecordEngine cards, ObjectNode node) {
        node.put("referenceTables", tables.size());
        ArrayNode wrong = node.putArray("wrongReferenceTables");
        for (Known one : tables) {
            if (!one.agreesWith(cards)) {
                wrong.add(one.name());
            }
        }
        return wrong.isEmpty();
    }
}
