package network.autonomys.farmer.controller;

import java.util.List;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.FarmerAppInfo;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.ReasonCode;
import network.autonomys.farmer.protocol.Role;
import network.autonomys.farmer.protocol.Subjects;
import network.autonomys.farmer.protocol.message.AppInfo;
import network.autonomys.farmer.protocol.message.AppInfoRequest;
import network.autonomys.farmer.protocol.message.HeadersAnswer;
import network.autonomys.farmer.protocol.message.HeadersRequest;
import network.autonomys.farmer.protocol.message.PieceSourceRequest;
import network.autonomys.farmer.protocol.message.SolutionStateRequest;
import network.autonomys.farmer.protocol.message.SolutionSubmit;
import network.autonomys.farmer.runtime.cache.HeaderChain;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.nats.Registration;
import network.autonomys.farmer.runtime.time.Scheduler;

/** The subjects that a controller serves (cluster-and-cli §3.4): its own for solutions, the shared ones together with the others. */
final class ControllerDesks implements AutoCloseable {
    private final List<Registration> registrations;

    ControllerDesks(
            Bus bus,
            Scheduler scheduler,
            InstanceId self,
            SolutionDesk solutions,
            PieceDesk pieces,
            HeaderChain chain,
            NodeState node,
            Bytes kzgDigest) {
        Subjects subjects = bus.subjects();
        String group = subjects.group(Role.CONTROLLER);
        this.registrations = List.of(
                bus.serve(
                        subjects.solution(self),
                        SolutionSubmit.class,
                        (request, deadline) -> solutions.submit(request)),
                bus.serve(
                        subjects.solutionState(self),
                        SolutionStateRequest.class,
                        (request, deadline) -> solutions.state(request)),
                bus.serve(subjects.appInfo(), group, AppInfoRequest.class, (request, deadline) -> {
                    FarmerAppInfo info = node.info()
                            .orElseThrow(() -> BusException.refused(
                                    ReasonCode.UNREACHABLE, "this controller has not reached its node yet"));
                    return new AppInfo(self, info, node.chainName(), kzgDigest);
                }),
                bus.serve(
                        subjects.headers(),
                        group,
                        HeadersRequest.class,
                        (request, deadline) -> new HeadersAnswer(request.segmentIndexes().stream()
                                .map(chain::header)
                                .toList())),
                bus.serve(
                        subjects.pieceSource(),
                        group,
                        PieceSourceRequest.class,
                        (request, deadline) -> pieces.find(
                                request,
                                deadline.remaining(scheduler).multipliedBy(9).dividedBy(10))));
    }

    @Override
    public void close() {
        registrations.forEach(Registration::close);
    }
}
