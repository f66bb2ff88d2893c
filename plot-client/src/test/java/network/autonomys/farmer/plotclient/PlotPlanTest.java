package network.autonomys.farmer.plotclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.plotclient.PlotPlan.Cause;
import network.autonomys.farmer.plotclient.PlotPlan.Choice;
import org.junit.jupiter.api.Test;

class PlotPlanTest {
    @Test
    void newSectorsComeInOrderWithinThePermits() {
        PlotPlan plan = new PlotPlan(3, 2);
        assertThat(plan.next(1)).contains(new Choice(0, Cause.NEW, 1));
        assertThat(plan.next(1)).contains(new Choice(1, Cause.NEW, 1));
        assertThat(plan.next(1)).as("no permit left").isEmpty();
        plan.stored(0, 1);
        assertThat(plan.next(1)).contains(new Choice(2, Cause.NEW, 1));
        plan.stored(1, 1);
        plan.stored(2, 1);
        assertThat(plan.next(1)).as("all plotted").isEmpty();
    }

    @Test
    void theMostUrgentComesFirst() {
        PlotPlan plan = new PlotPlan(4, 4);
        plan.stored(0, 1);
        plan.stored(1, 1);
        plan.stored(2, 1);
        plan.damaged(0);
        plan.expiresAt(1, 6);
        plan.expiresAt(2, 5);
        assertThat(plan.next(6)).contains(new Choice(2, Cause.EXPIRED, 1));
        assertThat(plan.next(6)).contains(new Choice(1, Cause.ABOUT_TO_EXPIRE, 1));
        assertThat(plan.next(6)).contains(new Choice(0, Cause.DAMAGED, 1));
        assertThat(plan.next(6)).contains(new Choice(3, Cause.NEW, 1));
    }

    @Test
    void aSectorIsReplottedOnlyWithMoreHistory() {
        PlotPlan plan = new PlotPlan(1, 1);
        plan.stored(0, 7);
        plan.expiresAt(0, 5);
        assertThat(plan.next(7)).isEmpty();
        assertThat(plan.next(8)).contains(new Choice(0, Cause.EXPIRED, 1));
    }

    @Test
    void aDamagedSectorIsReplottedAtOnce() {
        PlotPlan plan = new PlotPlan(1, 1);
        plan.stored(0, 7);
        assertThat(plan.next(7)).isEmpty();
        plan.damaged(0);
        assertThat(plan.unusableSectors(6)).isOne();
        assertThat(plan.next(7)).contains(new Choice(0, Cause.DAMAGED, 1));
        plan.stored(0, 7);
        assertThat(plan.next(7)).isEmpty();
    }

    @Test
    void winnersOfExpiredSectorsAreProvenLast() {
        PlotPlan plan = new PlotPlan(3, 1);
        plan.stored(0, 1);
        plan.stored(1, 1);
        plan.stored(2, 1);
        plan.expiresAt(0, 4);
        plan.expiresAt(1, 5);
        List<Candidate> won = List.of(winner(0), winner(1), winner(2));
        assertThat(plan.worthFirst(won, 3)).isEqualTo(won);
        assertThat(plan.worthFirst(won, 4)).containsExactly(winner(1), winner(2), winner(0));
        assertThat(plan.worthFirst(won, 5)).containsExactly(winner(2), winner(0), winner(1));
    }

    private static Candidate winner(int sector) {
        return new Candidate(sector, 1, 2, 0, 0, Bytes.zeros(32), PosVersion.V1, 5);
    }

    @Test
    void aFailedAttemptIsCounted() {
        PlotPlan plan = new PlotPlan(1, 1);
        assertThat(plan.next(1)).contains(new Choice(0, Cause.NEW, 1));
        assertThat(plan.isRunning(0)).isTrue();
        plan.failed(0);
        assertThat(plan.next(1)).contains(new Choice(0, Cause.NEW, 2));
        plan.stored(0, 1);
        plan.damaged(0);
        assertThat(plan.next(2)).as("attempts start again").contains(new Choice(0, Cause.DAMAGED, 1));
    }
}
