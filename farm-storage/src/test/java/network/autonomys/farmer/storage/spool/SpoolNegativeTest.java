package network.autonomys.farmer.storage.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import network.autonomys.farmer.core.hash.Blake3;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.storage.io.CrashDisk;
import network.autonomys.farmer.storage.io.StoreFile;
import network.autonomys.farmer.testkit.Mutator;
import org.junit.jupiter.api.Test;

/** Entries of any content are taken or removed, and nothing that is not a spool's is touched. */
class SpoolNegativeTest {
    private static final Path FOLDER = Path.of("/spool");

    @Test
    void entries() {
        byte[] good = SpoolPowerTest.entry(1).encode();
        Mutator.feed("spool entry", 21, 20_000, List.of(good), SpoolEntry::decode, Set.of(ScaleException.class));
        // With the right hash, so that the fields before it are looked at.
        Mutator.feed(
                "spool entry with its hash",
                22,
                20_000,
                List.of(good),
                input -> SpoolEntry.decode(hashed(input)),
                Set.of(ScaleException.class));
    }

    private static byte[] hashed(byte[] input) {
        int body = input.length - 32;
        if (body >= 0) {
            System.arraycopy(Blake3.hash(Arrays.copyOf(input, body)), 0, input, body, 32);
        }
        return input;
    }

    @Test
    void folders() throws IOException {
        SpoolEntry entry = SpoolPowerTest.entry(1);
        Mutator mutator = new Mutator(23);
        int kept = 0;
        for (int i = 0; i < 3_000; i++) {
            CrashDisk disk = new CrashDisk(Integer.MAX_VALUE);
            Spool spool = Spool.open(FOLDER, 100_000, disk);
            MemorySegment content = MemorySegment.ofArray(SpoolPowerTest.content(1));
            spool.put(entry, content.asSlice(0, entry.sectorBytes()), content.asSlice(entry.sectorBytes()));
            byte[] changed = mutator.mutate(entry.encode());
            write(disk, FOLDER.resolve(entry.name() + ".entry"), i % 2 == 0 ? hashed(changed) : changed);
            write(disk, FOLDER.resolve("lost+found.entry"), changed);
            write(disk, FOLDER.resolve("notes.txt"), changed);
            Spool again = Spool.open(FOLDER, 100_000, disk);
            assertThat(again.entries().size()).isBetween(0, 1);
            assertThat(disk.list(FOLDER))
                    .contains(FOLDER.resolve("lost+found.entry"), FOLDER.resolve("notes.txt"))
                    .hasSize(2 + 2 * again.entries().size());
            kept += again.entries().size();
        }
        System.out.println("negative inputs spool: 3000, kept " + kept);
        assertThat(kept).isPositive();
    }

    private static void write(CrashDisk disk, Path path, byte[] content) throws IOException {
        try (StoreFile file = disk.open(path)) {
            file.allocate(content.length);
            file.write(ByteBuffer.wrap(content), 0);
        }
    }
}
