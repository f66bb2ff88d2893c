package network.autonomys.farmer.plotclient;

import java.time.Duration;
import java.util.Optional;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.message.SolutionAnswer;
import network.autonomys.farmer.protocol.message.SolutionStateRequest;
import network.autonomys.farmer.protocol.message.SolutionSubmit;

/** Talks to the controllers about solutions. Calls block, at most for the given limit; silence is an empty answer. */
interface ControllerLine {
    Optional<SolutionAnswer> submit(InstanceId controller, SolutionSubmit solution, Duration limit)
            throws InterruptedException;

    /** What became of a solution whose submission was not answered. */
    Optional<SolutionAnswer> state(InstanceId controller, SolutionStateRequest request, Duration limit)
            throws InterruptedException;

    /** True while the controller's beats arrive. */
    boolean present(InstanceId controller);
}
