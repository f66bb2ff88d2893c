package network.autonomys.farmer.plotclient;

import java.time.Duration;
import java.util.Optional;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.SolutionAnswer;
import network.autonomys.farmer.protocol.message.SolutionOutcome;
import network.autonomys.farmer.protocol.message.SolutionStateRequest;
import network.autonomys.farmer.protocol.message.SolutionSubmit;
import network.autonomys.farmer.runtime.nats.Bus;
import network.autonomys.farmer.runtime.nats.BusException;
import network.autonomys.farmer.runtime.presence.Member;
import network.autonomys.farmer.runtime.presence.PresenceService;

/** The controllers over the bus. */
final class BusControllerLine implements ControllerLine {
    private final Bus bus;
    private final PresenceService presence;

    BusControllerLine(Bus bus, PresenceService presence) {
        this.bus = bus;
        this.presence = presence;
    }

    @Override
    public Optional<SolutionAnswer> submit(InstanceId controller, SolutionSubmit solution, Duration limit)
            throws InterruptedException {
        try {
            return Optional.of(bus.call(bus.subjects().solution(controller), solution, SolutionAnswer.class, limit));
        } catch (BusException e) {
            // What certainly did not arrive may go to another controller.
            return e.certainlyNotDone()
                    ? Optional.of(new SolutionAnswer(SolutionOutcome.NODE_ERROR, String.valueOf(e.getMessage())))
                    : Optional.empty();
        }
    }

    @Override
    public Optional<SolutionAnswer> state(InstanceId controller, SolutionStateRequest request, Duration limit)
            throws InterruptedException {
        try {
            return Optional.of(
                    bus.call(bus.subjects().solutionState(controller), request, SolutionAnswer.class, limit));
        } catch (BusException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean present(InstanceId controller) {
        return presence.member(controller)
                .map(Member::suspect)
                .map(suspect -> !suspect)
                .orElse(false);
    }
}
