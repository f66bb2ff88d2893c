package network.autonomys.farmer.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.types.ArchivedBlockProgress;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.core.types.LastArchivedBlock;
import network.autonomys.farmer.core.types.SegmentHeader;
import network.autonomys.farmer.runtime.cache.HeaderChain.Outcome;
import org.junit.jupiter.api.Test;

class HeaderChainTest {
    static SegmentHeader header(long index, Bytes parent, int salt) {
        byte[] commitment = new byte[48];
        commitment[0] = (byte) salt;
        return new SegmentHeader(
                index,
                Bytes.of(commitment),
                parent,
                new LastArchivedBlock((index & 0xffff) * 10, new ArchivedBlockProgress.Complete()));
    }

    static HeaderChain chain(int length) {
        HeaderChain chain = new HeaderChain();
        Bytes parent = Bytes.zeros(32);
        for (int i = 0; i < length; i++) {
            SegmentHeader header = header(i, parent, i);
            assertThat(chain.offer(header)).isEqualTo(Outcome.APPENDED);
            parent = header.hash();
        }
        return chain;
    }

    @Test
    void acceptsOnlyWhatContinuesIt() {
        HeaderChain chain = chain(3);
        SegmentHeader last = chain.last().orElseThrow();
        assertThat(chain.offer(last)).isEqualTo(Outcome.KNOWN);
        assertThat(chain.offer(header(2, last.prevSegmentHeaderHash(), 99))).isEqualTo(Outcome.FORK);
        assertThat(chain.offer(header(3, Bytes.zeros(32), 3))).isEqualTo(Outcome.FORK);
        assertThat(chain.offer(header(4, last.hash(), 4))).isEqualTo(Outcome.GAP);
        assertThat(chain.offer(header(-1, last.hash(), 4))).isEqualTo(Outcome.GAP);
        assertThat(chain.size()).isEqualTo(3);
        assertThat(chain.commitment(1).orElseThrow().get(0)).isEqualTo((byte) 1);
        assertThat(chain.commitment(3)).isEmpty();
        assertThat(chain.range(1, 10)).hasSize(2);
    }

    @Test
    void survivesItsFile() {
        byte[] encoded = chain(5).encode();
        assertThat(HeaderChain.decode(encoded).range(0, 9)).isEqualTo(chain(5).range(0, 9));
        encoded[encoded.length - 120] ^= 1;
        assertThatThrownBy(() -> HeaderChain.decode(encoded)).isInstanceOf(ScaleException.class);
    }
}
