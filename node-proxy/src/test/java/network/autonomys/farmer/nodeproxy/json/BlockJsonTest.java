package network.autonomys.farmer.nodeproxy.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import network.autonomys.farmer.core.archive.BlockEncoding;
import network.autonomys.farmer.core.archive.SignedBlock;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.keys.RewardSigning;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.testkit.Vectors;
import org.junit.jupiter.api.Test;

class BlockJsonTest {
    private static byte[] example() throws Exception {
        try (InputStream in =
                Objects.requireNonNull(BlockJsonTest.class.getResourceAsStream("/chain-get-block.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** The block of node-rpc §7.6. */
    @Test
    void aBlockOfTheReferenceNode() throws Exception {
        SignedBlock block = BlockJson.signedBlock(JsonReader.parse(example()));
        assertThat(block.header().hash().hex())
                .isEqualTo("375cb820d9c0a10d0da5b69bd4b1ff57b1cb724a23f4ae04fadc6e65dbe559db");
        Bytes preHash = block.header().withoutSeal().hash();
        assertThat(preHash.hex()).isEqualTo("28275fc939ef1962a2d458aba50771aeaf74dbd422e62e486fc8087d8f7b3359");
        byte[] encoded = BlockEncoding.encode(block);
        assertThat(encoded).hasSize(1010);
        assertThat(HexFormat.of().formatHex(Blake3.hash(encoded)))
                .isEqualTo("10d3887016f49870d3ba5ed57e7f6632b55ce9e4986389d089f801b7ff3ce8b2");
        assertThat(BlockJson.json(block).toUtf8()).isEqualTo(example());
        var seal = (network.autonomys.farmer.core.archive.DigestItem.Seal)
                block.header().digest().getLast();
        Bytes key = Bytes.fromHex("4a50a9606f3b0c47e0582f9a2dce9da3ec59819c6e15468f6f03f07e7fcfed23");
        assertThat(RewardSigning.verify(key, preHash, seal.data())).isTrue();
    }

    /** Every block of the archiving vectors survives the way through JSON. */
    @Test
    void blocksOfTheVectorsGoThrough() {
        Vectors.cases("archiving", "encode-block.json", "encode-block").stream()
                .filter(vector -> vector.node("encoded").isTextual())
                .forEach(vector -> {
                    SignedBlock block = BlockEncoding.decode(vector.bytes("encoded"));
                    byte[] text = BlockJson.json(block).toUtf8();
                    SignedBlock back = BlockJson.signedBlock(JsonReader.parse(text));
                    assertThat(back).isEqualTo(block);
                    assertThat(back.header().hash().hex()).isEqualTo(vector.text("blockHash"));
                });
    }

    @Test
    void whatIsNoBlockIsRefused() throws Exception {
        String good = new String(example(), StandardCharsets.UTF_8);
        String[][] changes = {
            {"\"number\":\"0x2a\"", "\"number\":\"42\""},
            {"\"number\":\"0x2a\"", "\"number\":\"0x100000000\""},
            {"\"parentHash\":\"0x99", "\"parentHash\":\"99"},
            {"\"parentHash\":\"0x99", "\"parentHash\":\"0x"},
            {"\"0x1001020304\"", "\"0x1401020304\""},
            {"\"0x1001020304\"", "\"0x100102030405\""},
            {"[83,85,66,95]", "[83,85,66]"},
            {"[0,229", "[0,256"},
            {"\"extrinsics\"", "\"extrinsic\""},
            {"{\"block\":", "{\"blocks\":"},
        };
        for (String[] change : changes) {
            String bad = good.replace(change[0], change[1]);
            assertThat(bad).isNotEqualTo(good);
            assertThatExceptionOfType(JsonException.class)
                    .as(change[1])
                    .isThrownBy(() -> BlockJson.signedBlock(JsonReader.parse(bad.getBytes(StandardCharsets.UTF_8))));
        }
    }
}
