package network.autonomys.farmer.core.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import jdk.incubator.vector.IntVector;
import network.autonomys.farmer.core.hash.Blake3Kernel.Flags;
import network.autonomys.farmer.core.hash.Blake3Kernel.Scratch;
import network.autonomys.farmer.core.hash.generated.Blake3Kernel16;
import network.autonomys.farmer.core.hash.generated.Blake3Kernel8;

/**
 * Hashes many equal inputs with the widest kernels that fit, and with scalar code where there are too few of them. The scalar engine and those with kernels give the same
 * bytes; a processor gets the one that suits it.
 */
final class Blake3Engine {
    /** Most chunks of a subtree that is hashed in one go. */
    static final int MAX_SUBTREE = 256;
    /** With fewer inputs than this a vector of eight is not worth it. */
    private static final int MIN_INPUTS = 3;

    private static final VarHandle LE32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int CHUNK = 1024;
    private static final int HASH = 32;

    private static final Blake3Engine BEST = new Blake3Engine(kernels(IntVector.SPECIES_PREFERRED.length()));

    private final List<Blake3Kernel> kernels;

    private Blake3Engine(List<Blake3Kernel> kernels) {
        this.kernels = kernels;
    }

    /** The engine for this processor. */
    static Blake3Engine best() {
        return BEST;
    }

    /** An engine that uses vectors of at most so many lanes: 1, 8 or 16. */
    static Blake3Engine withLanes(int lanes) {
        return new Blake3Engine(kernels(lanes));
    }

    private static List<Blake3Kernel> kernels(int lanes) {
        if (lanes >= 16) {
            return List.of(new Blake3Kernel16(), new Blake3Kernel8());
        }
        return lanes >= 8 ? List.of(new Blake3Kernel8()) : List.of();
    }

    /** Memory for one thread's work with this engine. */
    Work work() {
        return new Work(this);
    }

    /** See {@link #work}. */
    static final class Work {
        private final Blake3Engine engine;
        private final Scratch[] scratches;
        /** Grows with the first subtree: an audit has one for every sector and needs none. */
        private byte[] values = new byte[HASH];

        private final int[] message = new int[16];
        private final int[] value = new int[8];

        private Work(Blake3Engine engine) {
            this.engine = engine;
            this.scratches = new Scratch[engine.kernels.size()];
            for (int i = 0; i < scratches.length; i++) {
                scratches[i] = new Scratch(engine.kernels.get(i).lanes());
            }
        }

        /**
         * The chaining values of the two halves of a complete subtree.
         *
         * @param chunks 2 to {@link #MAX_SUBTREE}, a power of 2
         * @param halves receives 16 words
         */
        void subtree(byte[] data, int offset, int chunks, int[] key, int mode, long counter, int[] halves) {
            if (values.length < HASH * chunks) {
                values = new byte[HASH * MAX_SUBTREE];
            }
            many(data, offset, CHUNK, CHUNK, chunks, key, counter, 1, Flags.chunk(mode), values, 0);
            Flags parent = Flags.parent(mode);
            for (int count = chunks; count > 2; count /= 2) {
                many(values, 0, 2 * HASH, 2 * HASH, count / 2, key, 0, 0, parent, values, 0);
            }
            for (int i = 0; i < 16; i++) {
                halves[i] = (int) LE32.get(values, 4 * i);
            }
        }

        /** As {@link Blake3Kernel#hashMany}, for any number of inputs; {@code out} may be {@code data} where it is not written ahead of the reading. */
        void many(
                byte[] data,
                int offset,
                int stride,
                int length,
                int count,
                int[] key,
                long counter,
                int counterStep,
                Flags flags,
                byte[] out,
                int outOffset) {
            int done = 0;
            while (done < count) {
                int left = count - done;
                int choice = choose(left);
                int from = offset + done * stride;
                long number = counter + (long) done * counterStep;
                int to = outOffset + done * HASH;
                if (choice < 0) {
                    one(data, from, length, key, number, flags, out, to);
                    done++;
                } else {
                    Blake3Kernel kernel = engine.kernels.get(choice);
                    int batch = Math.min(left, kernel.lanes());
                    kernel.hashMany(
                            data,
                            from,
                            stride,
                            length,
                            batch,
                            key,
                            number,
                            counterStep,
                            flags,
                            scratches[choice],
                            out,
                            to);
                    done += batch;
                }
            }
        }

        /** The widest kernel that is filled, else the narrowest one, else none. */
        private int choose(int count) {
            int last = engine.kernels.size() - 1;
            for (int i = 0; i < last; i++) {
                if (count > engine.kernels.get(i + 1).lanes()) {
                    return i;
                }
            }
            return count >= MIN_INPUTS ? last : -1;
        }

        private void one(
                byte[] data, int offset, int length, int[] key, long counter, Flags flags, byte[] out, int outOffset) {
            System.arraycopy(key, 0, value, 0, 8);
            int blockFlags = flags.every() | flags.first();
            int done = 0;
            for (; length - done > Blake3Kernel.BLOCK; done += Blake3Kernel.BLOCK) {
                words(data, offset + done, Blake3Kernel.BLOCK, message);
                Blake3Compression.compress(value, message, counter, Blake3Kernel.BLOCK, blockFlags, value, 0, false);
                blockFlags = flags.every();
            }
            words(data, offset + done, length - done, message);
            Blake3Compression.compress(
                    value, message, counter, length - done, blockFlags | flags.last(), value, 0, false);
            for (int i = 0; i < 8; i++) {
                LE32.set(out, outOffset + 4 * i, value[i]);
            }
        }

        /** See {@link Blake3#keyedWithMany}. */
        void withKeys(byte[] keys, int count, byte[] text, byte[] out) {
            words(text, 0, text.length, message);
            int done = 0;
            while (count - done >= MIN_INPUTS && !engine.kernels.isEmpty()) {
                int batch = Math.min(count - done, 2 * engine.kernels.get(0).lanes());
                engine.kernels
                        .get(0)
                        .withKeys(keys, done * HASH, batch, message, text.length, scratches[0], out, done * HASH);
                done += batch;
            }
            int[] key = new int[16];
            for (; done < count; done++) {
                words(keys, done * HASH, HASH, key);
                one(text, 0, text.length, key, 0, Flags.root(Blake3Compression.KEYED), out, done * HASH);
            }
        }

        /** See {@link Blake3.KeyedPrefixes#hash}. */
        void prefixes(byte[] data, int offset, int count, int[] key, int mode, long[] out, int outOffset) {
            int done = 0;
            for (int choice = 0; choice < scratches.length; choice++) {
                Blake3Kernel kernel = engine.kernels.get(choice);
                boolean narrowest = choice == scratches.length - 1;
                int least = narrowest
                        ? MIN_INPUTS
                        : 2 * engine.kernels.get(choice + 1).lanes() + 1;
                while (count - done >= least) {
                    int batch = Math.min(count - done, 2 * kernel.lanes());
                    kernel.prefixes(
                            data, offset + done * HASH, batch, key, mode, scratches[choice], out, outOffset + done);
                    done += batch;
                }
            }
            for (; done < count; done++) {
                one(data, offset + done * HASH, HASH, key, 0, Flags.root(mode), values, 0);
                out[outOffset + done] =
                        Integer.toUnsignedLong((int) LE32.get(values, 0)) | ((long) (int) LE32.get(values, 4) << 32);
            }
        }
    }

    /** A block as words, zeros behind its end. */
    static void words(byte[] data, int offset, int length, int[] out) {
        int whole = length >>> 2;
        for (int i = 0; i < whole; i++) {
            out[i] = (int) LE32.get(data, offset + 4 * i);
        }
        for (int i = whole; i < 16; i++) {
            int word = 0;
            for (int b = Math.min(4, length - 4 * i) - 1; b >= 0; b--) {
                word = (word << 8) | (data[offset + 4 * i + b] & 0xff);
            }
            out[i] = word;
        }
    }
}
