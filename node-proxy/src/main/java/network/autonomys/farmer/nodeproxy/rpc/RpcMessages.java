package network.autonomys.farmer.nodeproxy.rpc;

import network.autonomys.farmer.nodeproxy.json.Fields;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.nodeproxy.json.JsonException;

/** Texts of requests and readings of answers. */
final class RpcMessages {
    private RpcMessages() {}

    static Json request(long id, String method, Json.Arr params) {
        return params.items().isEmpty()
                ? Json.object("jsonrpc", Json.string("2.0"), "id", Json.u64(id), "method", Json.string(method))
                : Json.object(
                        "jsonrpc", Json.string("2.0"),
                        "id", Json.u64(id),
                        "method", Json.string(method),
                        "params", params);
    }

    /**
     * The result in an answer.
     *
     * @throws RpcErrorException where the answer is an error
     * @throws JsonException where it is no answer
     */
    static Json result(String method, Json.Obj answer) throws RpcErrorException {
        var error = answer.find("error");
        if (error.isPresent() && error.get() instanceof Json.Obj object) {
            Json code = object.find("code").orElse(Json.Null.NULL);
            String message = object.find("message").map(Fields::text).orElse("");
            throw new RpcErrorException(method, code(code), message);
        }
        return answer.find("result").orElseThrow(() -> new JsonException("an answer without result and error"));
    }

    private static long code(Json code) {
        if (code instanceof Json.Num number) {
            try {
                return Long.parseLong(number.text());
            } catch (NumberFormatException e) {
                throw new JsonException("error code " + number.text());
            }
        }
        throw new JsonException("an error without a code");
    }
}
