package network.autonomys.farmer.devnode.rpc;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import network.autonomys.farmer.nodeproxy.json.Json;
import network.autonomys.farmer.nodeproxy.json.JsonException;

/** The parameters of a call, by position or by name in snake_case or camelCase. Values that are too many are ignored. */
public final class Params {
    private final Json params;
    private int position;

    Params(Json params) {
        this.params = params;
    }

    /** The next parameter, which must be there. */
    public <T> T next(String camelName, Function<Json, T> type) throws RpcFailure {
        Optional<T> value = optional(camelName, type);
        return value.orElseThrow(() -> RpcFailure.invalidParams("No more params"));
    }

    /** The next parameter, which may be absent or null. */
    public <T> Optional<T> optional(String camelName, Function<Json, T> type) throws RpcFailure {
        try {
            Optional<Json> value = find(camelName);
            return value.filter(v -> !(v instanceof Json.Null)).map(type);
        } catch (JsonException e) {
            throw RpcFailure.invalidParams(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Json> find(String camelName) {
        int at = position;
        position++;
        return switch (params) {
            case Json.Arr array ->
                at < array.items().size() ? Optional.of(array.items().get(at)) : Optional.empty();
            case Json.Obj object -> object.find(camelName).or(() -> object.find(snake(camelName)));
            default -> Optional.empty();
        };
    }

    private static String snake(String camel) {
        return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
