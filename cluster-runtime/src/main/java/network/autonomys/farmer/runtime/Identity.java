package network.autonomys.farmer.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.storage.io.DurableFiles;

/** The identity of a process, kept in {@code identity.json} so that a restart is the same member again (cluster-and-cli §5.7). */
final class Identity {
    private static final int MAX_SIZE = 4096;

    private Identity() {}

    /** The identity kept in a directory, made at the first start. */
    static InstanceId load(Path directory, String cluster, InstantSource clock)
            throws ConfigurationException, IOException {
        Path file = directory.resolve("identity.json");
        ObjectMapper json = new ObjectMapper();
        if (!Files.exists(file)) {
            Files.createDirectories(directory);
            InstanceId id = InstanceId.random(clock, new SecureRandom());
            ObjectNode content = json.createObjectNode()
                    .put("id", id.toString())
                    .put("created", clock.instant().toString())
                    .put("cluster", cluster);
            DurableFiles.replace(file, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
            return id;
        }
        try {
            if (Files.size(file) > MAX_SIZE) {
                throw new ConfigurationException(file + " is no identity file");
            }
            JsonNode content = json.readTree(Files.readAllBytes(file));
            String kept = content.path("cluster").asText();
            if (!kept.equals(cluster)) {
                throw new ConfigurationException(
                        directory + " belongs to cluster \"" + kept + "\", not to \"" + cluster + "\"");
            }
            return InstanceId.parse(content.path("id").asText());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new ConfigurationException(
                    file + " is damaged (" + e.getMessage() + "); remove it to get a new identity");
        }
    }
}
