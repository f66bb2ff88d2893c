package network.autonomys.farmer.protocol.frame;

import network.autonomys.farmer.core.scale.ScaleEncodable;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.protocol.InstanceId;

/**
 * Names an encoded sector: to fetch it from the byte on that the frame's offset field says, or to report it stored.
 *
 * @param job its plot job
 * @param attempt attempt of the job, u32
 * @param credit body bytes that may be sent before more credit comes, u32
 */
public record SectorRequest(InstanceId job, long attempt, long credit) implements ScaleEncodable {
    public static SectorRequest read(ScaleReader in) {
        return new SectorRequest(InstanceId.read(in), in.readU32(), in.readU32());
    }

    @Override
    public void write(ScaleWriter out) {
        job.write(out);
        out.writeU32(attempt).writeU32(credit);
    }
}
