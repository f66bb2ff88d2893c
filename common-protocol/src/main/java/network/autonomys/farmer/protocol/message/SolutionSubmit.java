package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.SolutionResponse;
import network.autonomys.farmer.protocol.InstanceId;

/**
 * A solution for the controller whose slot it answers.
 *
 * @param client plot client
 * @param challenge global challenge that the solution answers
 * @param response slot and solution
 */
public record SolutionSubmit(InstanceId client, Bytes challenge, SolutionResponse response) implements Message {
    public SolutionSubmit {
        Wire.requireLength(challenge, 32);
    }

    public static SolutionSubmit read(ScaleReader in) {
        return new SolutionSubmit(InstanceId.read(in), in.readBytes(32), SolutionResponse.read(in));
    }

    @Override
    public MessageType type() {
        return MessageType.SOLUTION_SUBMIT;
    }

    @Override
    public void write(ScaleWriter out) {
        client.write(out);
        out.writeBytes(challenge);
        response.write(out);
    }
}
