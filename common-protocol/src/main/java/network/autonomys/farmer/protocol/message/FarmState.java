package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.InstanceId;

/**
 * State of a farm: sent on change, at most once a second.
 *
 * @param farm farm
 * @param client plot client
 * @param host host name
 * @param path directory
 * @param publicKey key of the farm
 * @param total sectors that the farm has room for
 * @param plotted plotted and valid
 * @param aboutToExpire of these, about to expire
 * @param expired expired
 * @param damaged damaged
 * @param plotting being plotted
 * @param farming audits run
 * @param plottingPaused plotting is paused
 * @param lastAuditMillis duration of the latest audit
 * @param errors errors since the start
 * @param text the latest error or reason, empty for none
 */
public record FarmState(
        InstanceId farm,
        InstanceId client,
        String host,
        String path,
        Bytes publicKey,
        long total,
        long plotted,
        long aboutToExpire,
        long expired,
        long damaged,
        long plotting,
        boolean farming,
        boolean plottingPaused,
        long lastAuditMillis,
        long errors,
        String text)
        implements Message {
    public FarmState {
        Wire.requireText(host, 255);
        Wire.requireText(path, 1024);
        Wire.requireLength(publicKey, 32);
        text = Wire.clip(text, 512);
    }

    public static FarmState read(ScaleReader in) {
        return new FarmState(
                InstanceId.read(in),
                InstanceId.read(in),
                Wire.text(in, 255),
                Wire.text(in, 1024),
                in.readBytes(32),
                in.readU32(),
                in.readU32(),
                in.readU32(),
                in.readU32(),
                in.readU32(),
                in.readU32(),
                in.readBool(),
                in.readBool(),
                in.readU32(),
                in.readU64(),
                Wire.text(in, 512));
    }

    @Override
    public MessageType type() {
        return MessageType.FARM_STATE;
    }

    @Override
    public void write(ScaleWriter out) {
        farm.write(out);
        client.write(out);
        out.writeString(host);
        out.writeString(path);
        out.writeBytes(publicKey);
        out.writeU32(total);
        out.writeU32(plotted);
        out.writeU32(aboutToExpire);
        out.writeU32(expired);
        out.writeU32(damaged);
        out.writeU32(plotting);
        out.writeBool(farming);
        out.writeBool(plottingPaused);
        out.writeU32(lastAuditMillis);
        out.writeU64(errors);
        out.writeString(text);
    }
}
