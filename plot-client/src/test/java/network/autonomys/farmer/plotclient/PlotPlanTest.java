package network.autonomys.farmer.plotclient;

import static org.assertj.core.api.Assertions.assertThat;

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
    void ofThoseThatExpireTheEarliestComesFirst() {
        PlotPlan plan = new PlotPlan(4, 4);
        for (int sector = 0; sector < 4; sector++) {
            plan.stored(sector, 1);
        }
        plan.expiresAt(0, 5);
        plan.expiresAt(1, 3);
        plan.expiresAt(2, 5);
        plan.expiresAt(3, 6);
        assertThat(plan.next(5)).as("one segment before it expires").contains(new Choice(1, Cause.EXPIRED, 1));
        assertThat(plan.next(5)).contains(new Choice(0, Cause.ABOUT_TO_EXPIRE, 1));
        assertThat(plan.next(5)).contains(new Choice(2, Cause.ABOUT_TO_EXPIRE, 1));
        assertThat(plan.next(5)).as("it has more than a segment left").isEmpty();
        assertThat(plan.next(6)).contains(new Choice(3, Cause.ABOUT_TO_EXPIRE, 1));
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
