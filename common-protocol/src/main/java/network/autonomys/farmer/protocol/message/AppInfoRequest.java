package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * Asks any controller for {@link AppInfo}.
 */
public record AppInfoRequest() implements Message {
    public static AppInfoRequest read(ScaleReader in) {
        return new AppInfoRequest();
    }

    @Override
    public MessageType type() {
        return MessageType.APP_INFO_REQUEST;
    }

    @Override
    public void write(ScaleWriter out) {}
}
