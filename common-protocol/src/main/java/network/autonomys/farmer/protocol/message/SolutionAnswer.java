package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * What became of a solution.
 *
 * @param outcome outcome
 * @param text details for people
 */
public record SolutionAnswer(SolutionOutcome outcome, String text) implements Message {
    public SolutionAnswer {
        text = Wire.clip(text, 512);
    }

    public static SolutionAnswer read(ScaleReader in) {
        return new SolutionAnswer(Wire.constant(in, SolutionOutcome.values()), Wire.text(in, 512));
    }

    @Override
    public MessageType type() {
        return MessageType.SOLUTION_ANSWER;
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeU8(Wire.number(outcome));
        out.writeString(text);
    }
}
