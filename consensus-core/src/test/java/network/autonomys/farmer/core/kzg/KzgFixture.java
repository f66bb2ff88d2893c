package network.autonomys.farmer.core.kzg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import network.autonomys.farmer.testkit.KzgFile;
import org.junit.jupiter.api.Assumptions;

/** The network's parameters, read once for all tests of the virtual machine; they live as long as it. */
public final class KzgFixture {
    private KzgFixture() {}

    /** The network's parameters with the processor's engines; the test is skipped where the file is missing. */
    public static Kzg kzg() {
        Assumptions.assumeTrue(KzgFile.find().isPresent(), "no KZG parameter file");
        return Holder.KZG;
    }

    /** The file's bytes; the test is skipped where it is missing. */
    public static byte[] file() {
        Assumptions.assumeTrue(KzgFile.find().isPresent(), "no KZG parameter file");
        return Holder.FILE;
    }

    private static final class Holder {
        static final byte[] FILE = read();
        static final Kzg KZG = Kzg.cpu(KzgParameters.network(MemorySegment.ofArray(FILE)));

        private static byte[] read() {
            try {
                return Files.readAllBytes(KzgFile.find().orElseThrow());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
