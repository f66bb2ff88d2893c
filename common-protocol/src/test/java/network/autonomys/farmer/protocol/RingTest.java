package network.autonomys.farmer.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import network.autonomys.farmer.protocol.message.RingEpoch;
import network.autonomys.farmer.protocol.message.RingMember;
import org.junit.jupiter.api.Test;

class RingTest {
    private static final int PIECES = 50_000;

    @Test
    void sharesFollowTheWeights() {
        Ring ring = ring(1, member(1, "a", 1), member(2, "b", 2), member(3, "c", 5));
        Map<Long, Integer> count = new HashMap<>();
        for (long piece = 0; piece < PIECES; piece++) {
            count.merge(ring.owners(piece).getFirst().weight(), 1, Integer::sum);
        }
        assertThat(count.getOrDefault(1L, 0) / (double) PIECES).isCloseTo(1 / 8.0, within(0.01));
        assertThat(count.getOrDefault(2L, 0) / (double) PIECES).isCloseTo(2 / 8.0, within(0.01));
        assertThat(count.getOrDefault(5L, 0) / (double) PIECES).isCloseTo(5 / 8.0, within(0.01));
    }

    @Test
    void aNewMemberTakesItsShareAndMovesNothingElse() {
        Ring before = ring(1, member(1, "a", 1), member(2, "b", 1), member(3, "c", 1));
        Ring after = ring(1, member(1, "a", 1), member(2, "b", 1), member(3, "c", 1), member(4, "d", 1));
        int moved = 0;
        for (long piece = 0; piece < PIECES; piece++) {
            RingMember owner = after.owners(piece).getFirst();
            if (owner.host().equals("d")) {
                moved++;
            } else {
                assertThat(owner).isEqualTo(before.owners(piece).getFirst());
            }
        }
        assertThat(moved / (double) PIECES).isCloseTo(0.25, within(0.01));
    }

    @Test
    void copiesGoToDifferentHosts() {
        Ring ring = ring(2, member(1, "a", 100), member(2, "a", 100), member(3, "a", 100), member(4, "b", 1));
        for (long piece = 0; piece < 1000; piece++) {
            Set<String> hosts =
                    ring.owners(piece).stream().map(RingMember::host).collect(Collectors.toSet());
            assertThat(hosts).containsExactlyInAnyOrder("a", "b");
            assertThat(new HashSet<>(ring.ranked(piece))).hasSize(4);
            assertThat(ring.ranked(piece))
                    .hasSize(4)
                    .startsWith(ring.owners(piece).toArray(RingMember[]::new));
        }
    }

    @Test
    void oneHostHoldsAllCopiesIfThereIsNoOther() {
        Ring ring = ring(2, member(1, "a", 1), member(2, "a", 1), member(3, "a", 1));
        assertThat(new HashSet<>(ring.owners(7))).hasSize(2);
        assertThat(ring(2, member(1, "a", 1)).owners(7)).hasSize(1);
        assertThat(ring(2).owners(7)).isEmpty();
    }

    @Test
    void placementIsPinned() {
        // Other versions and machines must compute the same owners: these figures may never change.
        assertThat(Rendezvous.hash(new InstanceId(1, 2), 3)).isEqualTo(PINNED_HASH);
        Ring ring = ring(2, member(1, "a", 3), member(2, "b", 2), member(3, "c", 1));
        List<Long> first = new ArrayList<>();
        for (long piece = 0; piece < 16; piece++) {
            first.add(ring.owners(piece).getFirst().id().low());
        }
        assertThat(first).isEqualTo(PINNED_OWNERS);
        assertThat(ring.owns(ring.owners(5).get(1).id(), 5)).isTrue();
        assertThat(ring.owns(new InstanceId(9, 9), 5)).isFalse();
    }

    private static final long PINNED_HASH = 393947972737292588L;
    private static final List<Long> PINNED_OWNERS =
            List.of(1L, 1L, 2L, 2L, 2L, 1L, 1L, 1L, 2L, 1L, 3L, 3L, 1L, 3L, 3L, 2L);

    private static Ring ring(int replicas, RingMember... members) {
        return new Ring(new RingEpoch(1, new InstanceId(0, 9), 0, replicas, List.of(members)));
    }

    private static RingMember member(int id, String host, long weight) {
        return new RingMember(new InstanceId(0x1234_5678L * id, id), host, "", weight, List.of());
    }
}
