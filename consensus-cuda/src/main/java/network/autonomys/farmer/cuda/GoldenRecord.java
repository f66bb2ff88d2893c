package network.autonomys.farmer.cuda;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.HexFormat;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.pos.PosVersion;
import network.autonomys.farmer.cuda.RecordSlot.Outcome;

/** What a card has to get right before it is given work. */
interface GoldenRecord {
    /**
     * Tries a card.
     *
     * @throws GpuFailure where it computes something else
     */
    void tryOn(RecordSlot slot);

    /** The reference's own record (proof-of-space §5.3) and, for V2, the proofs of a seed of its tests (§5.2). */
    static GoldenRecord ofReference() {
        return slot -> {
            encodes(slot);
            proves(slot);
        };
    }

    private static void encodes(RecordSlot slot) {
        byte[] record = record();
        byte[] stored = new byte[record.length];
        byte[] bitfield = new byte[SlotMemory.BITFIELD];
        byte[] seed = HexFormat.of().parseHex("458011a396540a3891b23e3e90e936aab381bcef2ea6043b064c556cff40d3b2");
        slot.startEncoding(PosVersion.V1, MemorySegment.ofArray(seed), MemorySegment.ofArray(record));
        Outcome outcome = slot.finishEncoding(MemorySegment.ofArray(stored), MemorySegment.ofArray(bitfield));
        require(outcome, "record", stored, "be56af5bb757531c90807a234918a100019011ee1f06893b340d829b671f57b3");
        require(outcome, "bitfield", bitfield, "4ac773942f75f58bcc592950d54df1eb721951d1e38143c0221fe4d7ddebe163");
        findsOne(slot, seed, record, stored, bitfield);
    }

    /** The first s-bucket of even number that has a proof: its stored chunk is the source chunk under the hash of that. */
    private static void findsOne(RecordSlot slot, byte[] seed, byte[] record, byte[] stored, byte[] bitfield) {
        BitSet encoded = BitSet.valueOf(bitfield);
        int place = 0;
        int s = encoded.nextSetBit(0);
        while (s % 2 != 0) {
            s = encoded.nextSetBit(s + 1);
            place++;
        }
        OneProof found = new OneProof();
        Outcome outcome = slot.find(PosVersion.V1, seed, s, found);
        byte[] mask = Blake3.hash(found.proof());
        boolean right = outcome == Outcome.DONE && found.isThere();
        for (int i = 0; i < mask.length; i++) {
            right &= (byte) (stored[32 * place + i] ^ mask[i]) == record[16 * s + i];
        }
        if (!right) {
            throw new GpuFailure(
                    "the test of the card at its start gave a wrong proof of one s-bucket (" + outcome + ")");
        }
    }

    private static void proves(RecordSlot slot) {
        byte[] seed = HexFormat.of().parseHex("23023404333717545b0a6f0c0dde9710e4d3fe2d5cc6cc0a090a0b818bab0f17");
        byte[] proofs = new byte[SlotMemory.PROOFS];
        byte[] hashes = new byte[SlotMemory.HASHES];
        byte[] found = new byte[SlotMemory.BITFIELD];
        Outcome outcome = slot.reveal(PosVersion.V2, seed, proofs, hashes, found);
        require(outcome, "V2 s-buckets", found, "8416b4f063af41eac1360bc3346ac066ec589018b3dbe563c609220ea3ec4cc6");
        byte[] listed = new byte[SlotMemory.PROOFS];
        int n = 0;
        for (int s = 0; s < SlotMemory.S_BUCKETS; s++) {
            if (((found[s >> 3] >> (s & 7)) & 1) != 0) {
                System.arraycopy(proofs, s * 160, listed, n, 160);
                n += 160;
            }
        }
        require(
                outcome,
                "V2 proofs",
                java.util.Arrays.copyOf(listed, n),
                "ce6d47457dd1f74667a92dc62277c8013aff931942bf0fd7aeafa424faeaec37");
    }

    private static void require(Outcome outcome, String what, byte[] actual, String digest) {
        if (outcome != Outcome.DONE
                || !HexFormat.of().formatHex(Blake3.hash(actual)).equals(digest)) {
            throw new GpuFailure("the test of the card at its start gave a wrong " + what + " (" + outcome + ")");
        }
    }

    /** Chunk i is the hash of i with its two top bits cleared. */
    private static byte[] record() {
        byte[] record = new byte[SlotMemory.RECORD];
        byte[] number = new byte[8];
        for (int i = 0; i < SlotMemory.RECORD / 32; i++) {
            MemorySegment.ofArray(number).set(ValueLayout.JAVA_LONG_UNALIGNED, 0, i);
            Blake3.hash(number, 0, number.length, record, 32 * i);
            record[32 * i] &= 0x3F;
        }
        return record;
    }
}
