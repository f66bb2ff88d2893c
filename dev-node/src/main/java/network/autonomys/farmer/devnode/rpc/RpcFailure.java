package network.autonomys.farmer.devnode.rpc;

import java.util.Optional;
import network.autonomys.farmer.nodeproxy.json.Json;

/** An error that a call is answered with (node-rpc §1.5). */
public final class RpcFailure extends Exception {
    @java.io.Serial
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String text;
    private final String data;

    private RpcFailure(int code, String text, String data) {
        super(code + " " + text + (data.isEmpty() ? "" : ": " + data));
        this.code = code;
        this.text = text;
        this.data = data;
    }

    /** A failure of the node itself. */
    public static RpcFailure subspace(String text) {
        return new RpcFailure(9001, text, "");
    }

    /** Any other code. */
    public static RpcFailure of(int code, String text) {
        return new RpcFailure(code, text, "");
    }

    static RpcFailure invalidParams(String why) {
        return new RpcFailure(-32_602, "Invalid params", why);
    }

    static RpcFailure methodNotFound() {
        return new RpcFailure(-32_601, "Method not found", "");
    }

    static RpcFailure unsafe() {
        return new RpcFailure(-32_601, "RPC call is unsafe to be called externally", "");
    }

    static RpcFailure internal() {
        return new RpcFailure(-32_603, "Internal error", "");
    }

    static RpcFailure parse() {
        return new RpcFailure(-32_700, "Parse error", "");
    }

    static RpcFailure invalidRequest() {
        return new RpcFailure(-32_600, "Invalid request", "");
    }

    static RpcFailure tooManySubscriptions(int limit) {
        return new RpcFailure(-32_006, "Too many subscriptions on the connection", "Exceeded max limit of " + limit);
    }

    static RpcFailure requestTooBig(int limit) {
        return new RpcFailure(-32_007, "Request is too big", "Exceeded max limit of " + limit);
    }

    static RpcFailure responseTooBig(int limit) {
        return new RpcFailure(-32_008, "Response is too big", "Exceeded max limit of " + limit);
    }

    static RpcFailure batchTooBig(int limit) {
        return new RpcFailure(-32_011, "The batch response was too large", "Exceeded max limit of " + limit);
    }

    int code() {
        return code;
    }

    Json response(Json id) {
        Json error = data().isEmpty()
                ? Json.object("code", new Json.Num(Integer.toString(code)), "message", Json.string(text))
                : Json.object(
                        "code", new Json.Num(Integer.toString(code)),
                        "message", Json.string(text),
                        "data", Json.string(data));
        return Json.object("jsonrpc", Json.string("2.0"), "id", id, "error", error);
    }

    private Optional<String> data() {
        return data.isEmpty() ? Optional.empty() : Optional.of(data);
    }
}
