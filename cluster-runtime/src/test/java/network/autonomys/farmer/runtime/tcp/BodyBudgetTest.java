package network.autonomys.farmer.runtime.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import network.autonomys.farmer.protocol.frame.TrafficClass;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {
    @Test
    void theMoreUrgentAlwaysFindsRoom() throws InterruptedException {
        BodyBudget budget = new BodyBudget(8);
        assertThat(take(budget, TrafficClass.FILL)).isEqualTo(4);
        assertThat(take(budget, TrafficClass.PLOT)).isEqualTo(2);
        assertThat(take(budget, TrafficClass.PROOF)).isEqualTo(2);
        assertThat(budget.used()).isEqualTo(8);
        budget.release();
        assertThat(budget.acquire(TrafficClass.PLOT, 0)).isFalse();
        assertThat(budget.acquire(TrafficClass.PROOF, 0)).isTrue();
    }

    private static int take(BodyBudget budget, TrafficClass trafficClass) throws InterruptedException {
        int taken = 0;
        while (budget.acquire(trafficClass, 0)) {
            taken++;
        }
        return taken;
    }
}
