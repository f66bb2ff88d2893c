package network.autonomys.farmer.protocol.message;

import java.util.List;
import java.util.Optional;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.protocol.ReasonCode;

/**
 * A solution, or why there is none.
 *
 * @param solution the solution
 * @param refused why not; {@link ReasonCode#BUSY} with a delay
 * @param retryAfterMillis earliest sensible repetition
 * @param text details for people
 * @param stageMillis milliseconds waiting, fetching, in proof of space, extending, in the witness
 */
public record ProofAnswer(
        Optional<Solution> solution,
        Optional<ReasonCode> refused,
        long retryAfterMillis,
        String text,
        List<Long> stageMillis)
        implements Message {
    public ProofAnswer {
        text = Wire.clip(text, 512);
        stageMillis = Wire.copy(stageMillis, 8);
    }

    public static ProofAnswer read(ScaleReader in) {
        return new ProofAnswer(
                in.readOption(Solution::read),
                in.readOption(r -> ReasonCode.ofCode(r.readU16())),
                in.readU32(),
                Wire.text(in, 512),
                Wire.list(in, 8, 4, ScaleReader::readU32));
    }

    @Override
    public MessageType type() {
        return MessageType.PROOF_ANSWER;
    }

    @Override
    public void write(ScaleWriter out) {
        out.writeOption(solution, (o, v) -> v.write(o));
        out.writeOption(refused, (o, v) -> o.writeU16(v.code()));
        out.writeU32(retryAfterMillis);
        out.writeString(text);
        out.writeList(stageMillis, ScaleWriter::writeU32);
    }

    /** The solution. */
    public static ProofAnswer solved(Solution solution, List<Long> stageMillis) {
        return new ProofAnswer(Optional.of(solution), Optional.empty(), 0, "", stageMillis);
    }

    /** The queue is full: try elsewhere, or here after the delay. */
    public static ProofAnswer busy(long retryAfterMillis) {
        return new ProofAnswer(Optional.empty(), Optional.of(ReasonCode.BUSY), retryAfterMillis, "", List.of());
    }

    /** There will be no solution. */
    public static ProofAnswer refused(ReasonCode reason, String text) {
        return new ProofAnswer(Optional.empty(), Optional.of(reason), 0, text, List.of());
    }
}
