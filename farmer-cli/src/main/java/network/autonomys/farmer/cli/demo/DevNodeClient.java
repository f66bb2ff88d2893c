package network.autonomys.farmer.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the dev node's dev-only calls (node-rpc §6.6) over HTTP. */
final class DevNodeClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI url;

    DevNodeClient(String url) {
        this.url = URI.create(url);
    }

    /**
     * Calls a method without parameters.
     *
     * @throws IOException where the node does not answer, or answers with an error
     */
    JsonNode call(String method) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":[]}"))
                .build();
        JsonNode answer = JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        if (!answer.has("result")) {
            throw new IOException(
                    method + ": " + answer.path("error").path("message").asText("no result"));
        }
        return answer.get("result");
    }
}
