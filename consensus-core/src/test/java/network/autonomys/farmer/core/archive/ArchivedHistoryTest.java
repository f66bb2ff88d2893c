package network.autonomys.farmer.core.archive;

import static org.assertj.core.api.Assertions.assertThat;

import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.testkit.VectorCase;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Test;

class ArchivedHistoryTest {
    @Test
    void piecesOfTheHistoryHaveTheHashesOfTheVectors() {
        ArchivedHistory history = ArchivedHistory.get();
        for (VectorCase segment : Vectors.cases("sector", "history.json", "segment")) {
            int index = segment.i32("segmentIndex");
            assertThat(history.header(index).segmentIndex()).isEqualTo(index);
            assertThat(history.header(index).hash().toArray())
                    .isEqualTo(segment.bytes(segment.node("segmentHeader").get("hash")));
            for (int position : new int[] {0, 1, 100, 255}) {
                assertThat(Blake3.hash(history.pieceBytes(256L * index + position)))
                        .isEqualTo(segment.bytes(segment.node("pieceHashes").get(position)));
            }
            assertThat(Blake3.hash(RawRecords.read(history.segment(index)))).isEqualTo(segment.bytes("dataBlake3"));
        }
    }
}
