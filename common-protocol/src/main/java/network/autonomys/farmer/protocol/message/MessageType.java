package network.autonomys.farmer.protocol.message;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import network.autonomys.farmer.core.scale.ScaleReader;

/** The messages of the protocol and their numbers in the envelope, which never change. */
public enum MessageType {
    WHO(1, Who.class, Who::read),
    PRESENCE(2, Presence.class, Presence::read),
    REFUSAL(3, Refusal.class, Refusal::read),
    SLOT(4, Slot.class, Slot::read),
    SOLUTION_SUBMIT(5, SolutionSubmit.class, SolutionSubmit::read),
    SOLUTION_ANSWER(6, SolutionAnswer.class, SolutionAnswer::read),
    SOLUTION_STATE_REQUEST(7, SolutionStateRequest.class, SolutionStateRequest::read),
    SIGN_REQUEST(8, SignRequest.class, SignRequest::read),
    SIGN_ANSWER(9, SignAnswer.class, SignAnswer::read),
    PROOF_REQUEST(10, ProofRequest.class, ProofRequest::read),
    PROOF_ANSWER(11, ProofAnswer.class, ProofAnswer::read),
    PROOF_CANCEL(12, ProofCancel.class, ProofCancel::read),
    APP_INFO_REQUEST(13, AppInfoRequest.class, AppInfoRequest::read),
    APP_INFO(14, AppInfo.class, AppInfo::read),
    HEADERS_REQUEST(15, HeadersRequest.class, HeadersRequest::read),
    HEADERS_ANSWER(16, HeadersAnswer.class, HeadersAnswer::read),
    HEADER(17, HeaderNotice.class, HeaderNotice::read),
    PIECE_SOURCE_REQUEST(18, PieceSourceRequest.class, PieceSourceRequest::read),
    PIECE_SOURCE_ANSWER(19, PieceSourceAnswer.class, PieceSourceAnswer::read),
    RING(20, RingNotice.class, RingNotice::read),
    RING_EPOCH(21, RingEpoch.class, RingEpoch::read),
    PLOT_JOB(22, PlotJob.class, PlotJob::read),
    JOB_OFFER(23, JobOffer.class, JobOffer::read),
    JOB_OFFER_ANSWER(24, JobOfferAnswer.class, JobOfferAnswer::read),
    JOB_STATE(25, JobState.class, JobState::read),
    READY(26, Ready.class, Ready::read),
    FARM_STATE(27, FarmState.class, FarmState::read),
    EVENT(28, Event.class, Event::read),
    COMMAND(29, Command.class, Command::read),
    COMMAND_ANSWER(30, CommandAnswer.class, CommandAnswer::read),
    REINITIALIZATION(31, Reinitialization.class, Reinitialization::read),
    LEASE(32, LeaseRecord.class, LeaseRecord::read);

    private static final Map<Integer, MessageType> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(MessageType::code, Function.identity()));

    private final int code;
    private final Class<? extends Message> message;
    // References to static methods: they have no state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<ScaleReader, ? extends Message> reader;

    <M extends Message> MessageType(int code, Class<M> message, Function<ScaleReader, M> reader) {
        this.code = code;
        this.message = message;
        this.reader = reader;
    }

    /** The number on the wire, u16. */
    public int code() {
        return code;
    }

    /** The record of this type. */
    public Class<? extends Message> message() {
        return message;
    }

    /** The type of a number, empty for one that this version does not know. */
    public static Optional<MessageType> ofCode(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    Message read(ScaleReader in) {
        return reader.apply(in);
    }
}
