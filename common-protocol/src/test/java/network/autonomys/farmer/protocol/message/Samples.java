package network.autonomys.farmer.protocol.message;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.types.ArchivedBlockProgress;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.Constants;
import network.autonomys.farmer.core.types.FarmerAppInfo;
import network.autonomys.farmer.core.types.FarmerProtocolInfo;
import network.autonomys.farmer.core.types.Fraction;
import network.autonomys.farmer.core.types.LastArchivedBlock;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.core.types.SlotInfo;
import network.autonomys.farmer.core.types.Solution;
import network.autonomys.farmer.core.types.SolutionResponse;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.Role;

/** One full message of each type. */
final class Samples {
    static final InstanceId ID = new InstanceId(0x0192_3456_789a_bcdeL, 0xfedc_ba98_7654_3210L);

    private Samples() {}

    static List<Message> all() {
        return List.of(
                new Who(),
                presence(),
                new Refusal(ReasonCode.BUSY, 200, "queue full"),
                new Slot(ID, new SlotInfo(77, bytes(32), -1, 5), 1000, true, 1_700_000_000_000L),
                new SolutionSubmit(ID, bytes(32), new SolutionResponse(77, solution())),
                new SolutionAnswer(SolutionOutcome.TAKEN, "node 1"),
                new SolutionStateRequest(77, bytes(32)),
                new SignRequest(ID, bytes(32), bytes(32)),
                SignAnswer.signed(bytes(64)),
                proofRequest(),
                ProofAnswer.solved(solution(), List.of(1L, 2L, 3L)),
                new ProofCancel(ID, 77, bytes(32), 65_535, 3),
                new AppInfoRequest(),
                new AppInfo(ID, appInfo(), "dev", bytes(32)),
                new HeadersRequest(List.of(0L, 1L, -1L)),
                new HeadersAnswer(List.of(Optional.of(header()), Optional.empty())),
                new HeaderNotice(ID, header(), "10.0.0.1:9000"),
                new PieceSourceRequest(ID, List.of(5L, 6L)),
                new PieceSourceAnswer(List.of(
                        new PieceLocation(5, "a:1", Optional.of(ID), Optional.empty()),
                        new PieceLocation(6, "", Optional.empty(), Optional.of(ReasonCode.NO_PIECE)))),
                new RingNotice(9),
                new RingEpoch(9, ID, 5, 2, List.of(new RingMember(ID, "h", "z", 5, List.of("h:1")))),
                job(),
                new JobOffer(job()),
                new JobOfferAnswer(true, ID, 0),
                new JobState(ID, 1, ID, JobStage.ENCODING, 500, Optional.empty(), ""),
                new Ready(ID, 1, ID, ID, 8, 20, ID, List.of("h:9966"), 1_056_896_064L, 131_116, bytes(32), List.of(1L)),
                new FarmState(ID, ID, "h", "/data/1", bytes(32), 100, 90, 1, 2, 3, 4, true, false, 120, 7, "disk slow"),
                new Event(Severity.ERROR, "farm.stopped", ID, Role.PLOT_CLIENT, "h", 5, "text", Map.of("farm", "1")),
                new Command(ID, CommandAction.LOG_LEVEL, Map.of("level", "debug"), "me", 5, Optional.of(bytes(64))),
                new CommandAnswer(ID, Role.CONTROLLER, "h", true, "done"),
                new Reinitialization(3, 9, "", true),
                new LeaseRecord(ID, Role.CONTROLLER, "h", 5));
    }

    static ProofRequest proofRequest() {
        return new ProofRequest(
                ID,
                bytes(32),
                bytes(32),
                3,
                20,
                1000,
                999,
                5000,
                65_535,
                bytes(32),
                PosVersion.V2,
                77,
                bytes(32),
                4,
                10,
                100);
    }

    private static Presence presence() {
        return new Presence(
                ID,
                Role.SHARDED_CACHE,
                "host-1",
                "rack 2",
                List.of("10.0.0.1:9000"),
                "0.1.0",
                0,
                MemberState.DEGRADED,
                "disk slow",
                12,
                34,
                1,
                2,
                3,
                1L << 40,
                7,
                OptionalLong.of(799),
                Optional.of(bytes(32)),
                List.of(5L, 6L),
                Map.of("pieces-have", 5L, "pieces-wanted", 6L));
    }

    private static PlotJob job() {
        return new PlotJob(
                ID,
                2,
                ID,
                ID,
                bytes(32),
                8,
                20,
                1000,
                appInfo().protocolInfo(),
                PosVersion.V1,
                JobPriority.DAMAGED,
                "z",
                99);
    }

    private static FarmerAppInfo appInfo() {
        return new FarmerAppInfo(
                bytes(32),
                List.of(),
                false,
                Duration.ofSeconds(4),
                new FarmerProtocolInfo(20, 1000, 5, new Fraction(1, 10), 4));
    }

    private static SegmentHeader header() {
        return new SegmentHeader(
                4, bytes(48), bytes(32), new LastArchivedBlock(55, new ArchivedBlockProgress.Partial(7)));
    }

    private static Solution solution() {
        byte[] scale = new byte[Constants.SOLUTION_SIZE];
        java.util.Arrays.fill(scale, (byte) 1);
        return ScaleReader.decode(scale, Solution::read);
    }

    static Bytes bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i + 1);
        }
        return Bytes.of(bytes);
    }
}
