package network.autonomys.farmer.protocol.message;

import java.util.List;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.InstanceId;

/**
 * An encoded sector waits in the spool of a plot server, to be fetched over TCP: the bytes of the sector, then those of its metadata (cluster-and-cli §3.8).
 *
 * @param job job
 * @param attempt attempt
 * @param client plot client
 * @param farm farm
 * @param sectorIndex sector in the farm
 * @param historySize history size it was plotted for
 * @param server plot server
 * @param addresses its bulk listeners as {@code host:port}
 * @param sectorBytes length of the sector
 * @param metadataBytes length of the metadata behind it
 * @param contentHash BLAKE3 of the whole transfer
 * @param stageMillis milliseconds waiting, downloading, encoding, spooling
 */
public record Ready(
        InstanceId job,
        long attempt,
        InstanceId client,
        InstanceId farm,
        int sectorIndex,
        long historySize,
        InstanceId server,
        List<String> addresses,
        long sectorBytes,
        long metadataBytes,
        Bytes contentHash,
        List<Long> stageMillis)
        implements Message {
    public Ready {
        addresses = Wire.copy(addresses, 8);
        Wire.requireLength(contentHash, 32);
        stageMillis = Wire.copy(stageMillis, 8);
    }

    public static Ready read(ScaleReader in) {
        return new Ready(
                InstanceId.read(in),
                in.readU32(),
                InstanceId.read(in),
                InstanceId.read(in),
                in.readU16(),
                in.readU64(),
                InstanceId.read(in),
                Wire.list(in, 8, 1, r -> Wire.text(r, 300)),
                in.readU64(),
                in.readU32(),
                in.readBytes(32),
                Wire.list(in, 8, 4, ScaleReader::readU32));
    }

    @Override
    public MessageType type() {
        return MessageType.READY;
    }

    @Override
    public void write(ScaleWriter out) {
        job.write(out);
        out.writeU32(attempt);
        client.write(out);
        farm.write(out);
        out.writeU16(sectorIndex);
        out.writeU64(historySize);
        server.write(out);
        out.writeList(addresses, ScaleWriter::writeString);
        out.writeU64(sectorBytes);
        out.writeU32(metadataBytes);
        out.writeBytes(contentHash);
        out.writeList(stageMillis, ScaleWriter::writeU32);
    }
}
