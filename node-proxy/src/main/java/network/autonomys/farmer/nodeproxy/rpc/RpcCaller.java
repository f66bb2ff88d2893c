package network.autonomys.farmer.nodeproxy.rpc;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import network.autonomys.farmer.nodeproxy.json.Json;

/** Calls methods of a node. May be used by several threads at once. */
public interface RpcCaller extends AutoCloseable {
    /**
     * One call of a batch.
     *
     * @param method name
     * @param params positional parameters
     */
    record Call(String method, Json.Arr params) {}

    /**
     * Calls a method and waits for its result.
     *
     * @param params positional parameters; left out where empty
     * @throws RpcErrorException where the node answers with an error
     * @throws NotConnectedException where the call was not sent
     * @throws IOException where it is unknown whether the node has acted: the connection ended or the time is over
     */
    Json call(String method, Json.Arr params, Duration timeout) throws IOException, InterruptedException;

    /** Calls several methods; the results in the same order. The first error is thrown. */
    default List<Json> batch(List<Call> calls, Duration timeout) throws IOException, InterruptedException {
        List<Json> results = new ArrayList<>(calls.size());
        for (Call call : calls) {
            results.add(call(call.method(), call.params(), timeout));
        }
        return results;
    }

    @Override
    void close();
}
