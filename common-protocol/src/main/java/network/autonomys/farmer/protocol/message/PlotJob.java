package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.protocol.InstanceId;

/**
 * A sector that a plot client wants encoded (cluster-and-cli §3.8). The attempt number makes later copies of earlier attempts recognisable.
 *
 * @param job identifier of the job, the same in all attempts
 * @param attempt number of the attempt, from 1
 * @param client plot client
 * @param farm farm
 * @param publicKey key of the farm
 * @param sectorIndex sector in the farm
 * @param historySize history size for which the sector is plotted, in segments
 * @param piecesInSector records of the sector
 * @param protocolInfo parameters that the piece indexes follow from
 * @param posVersion proof-of-space rule of the farm and sector
 * @param priority why it is plotted, most urgent first
 * @param zone zone of the client
 * @param createdAtMillis making of this attempt, by the client's clock
 */
public record PlotJob(
        InstanceId job,
        long attempt,
        InstanceId client,
        InstanceId farm,
        Bytes publicKey,
        int sectorIndex,
        long historySize,
        int piecesInSector,
        FarmerProtocolInfo protocolInfo,
        PosVersion posVersion,
        JobPriority priority,
        String zone,
        long createdAtMillis)
        implements Message {
    public PlotJob {
        Wire.requireLength(publicKey, 32);
        Wire.requireText(zone, 64);
    }

    public static PlotJob read(ScaleReader in) {
        return new PlotJob(
                InstanceId.read(in),
                in.readU32(),
                InstanceId.read(in),
                InstanceId.read(in),
                in.readBytes(32),
                in.readU16(),
                in.readU64(),
                in.readU16(),
                FarmerProtocolInfo.read(in),
                Wire.constant(in, PosVersion.values()),
                Wire.constant(in, JobPriority.values()),
                Wire.text(in, 64),
                in.readU64());
    }

    @Override
    public MessageType type() {
        return MessageType.PLOT_JOB;
    }

    @Override
    public void write(ScaleWriter out) {
        job.write(out);
        out.writeU32(attempt);
        client.write(out);
        farm.write(out);
        out.writeBytes(publicKey);
        out.writeU16(sectorIndex);
        out.writeU64(historySize);
        out.writeU16(piecesInSector);
        protocolInfo.write(out);
        out.writeU8(Wire.number(posVersion));
        out.writeU8(Wire.number(priority));
        out.writeString(zone);
        out.writeU64(createdAtMillis);
    }

    /** De-duplication id of this attempt: ids stay blocked after acknowledgement, hence the attempt in it (cluster-and-cli §1.7). */
    public String deduplicationId() {
        return job + "-" + attempt;
    }
}
