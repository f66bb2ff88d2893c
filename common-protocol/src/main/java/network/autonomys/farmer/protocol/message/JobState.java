package network.autonomys.farmer.protocol.message;

import java.util.Optional;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;

/**
 * Progress or failure of an attempt, for its client.
 *
 * @param job job
 * @param attempt attempt
 * @param server plot server
 * @param stage where it is
 * @param permille progress in the stage, 0 to 1000
 * @param reason why it failed
 * @param text details for people
 */
public record JobState(
        InstanceId job,
        long attempt,
        InstanceId server,
        JobStage stage,
        int permille,
        Optional<ReasonCode> reason,
        String text)
        implements Message {
    public JobState {
        text = Wire.clip(text, 512);
    }

    public static JobState read(ScaleReader in) {
        return new JobState(
                InstanceId.read(in),
                in.readU32(),
                InstanceId.read(in),
                Wire.constant(in, JobStage.values()),
                in.readU16(),
                in.readOption(r -> ReasonCode.ofCode(r.readU16())),
                Wire.text(in, 512));
    }

    @Override
    public MessageType type() {
        return MessageType.JOB_STATE;
    }

    @Override
    public void write(ScaleWriter out) {
        job.write(out);
        out.writeU32(attempt);
        server.write(out);
        out.writeU8(Wire.number(stage));
        out.writeU16(permille);
        out.writeOption(reason, (o, v) -> o.writeU16(v.code()));
        out.writeString(text);
    }
}
