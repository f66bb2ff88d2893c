package network.autonomys.farmer.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Malformed, truncated, over-long and random inputs for parsers, made from valid samples and a seed, so that a failure can be repeated.
 *
 * <pre>{@code
 * Mutator.feed("segment header", 1, 20_000, samples, SegmentHeader::parse, Set.of(ScaleException.class));
 * }</pre>
 */
public final class Mutator {
    /** Fixed memory that a parser may take for one input: exceptions with their stack traces, the garbage of public-key arithmetic. */
    private static final long FIXED_ALLOCATION = 2 * 1024 * 1024;
    /** Memory that a parser may take per byte of input. */
    private static final long ALLOCATION_PER_BYTE = 256;

    private static final byte[][] LENGTHS = {
        {0x03, -1, -1, -1, -1},
        {-2, -1, -1, -1},
        {0x13, -1, -1, -1, -1, -1, -1, -1, -1},
        {-1, -1, -1, -1},
        {-1, -1, -1, 0x7f},
        {0x00, 0x00, 0x00, -128},
        {-1, -1},
        {0x7f, -1, -1, -1}
    };
    private static final int[] BYTES = {0, 1, 2, 3, 4, 7, 8, 16, 32, 63, 64, 127, 128, 129, 192, 252, 253, 254, 255};

    private final Random random;

    public Mutator(long seed) {
        random = new Random(seed);
    }

    /** What became of the inputs. */
    public record Result(int accepted, int refused) {}

    /**
     * Feeds a parser with mutations of valid samples, and every tenth time with random bytes.
     *
     * @param what name for messages; the number of inputs is printed with it
     * @param samples valid inputs, at least one
     * @param parser takes an input, and returns or throws
     * @param documented the exceptions that the parser may throw for bad input
     * @return how many inputs were accepted and refused; some must have been refused
     * @throws AssertionError with the input, where another exception comes out, or where an input costs memory out of proportion to its length
     */
    public static Result feed(
            String what,
            long seed,
            int inputs,
            List<byte[]> samples,
            Consumer<byte[]> parser,
            Set<Class<? extends Exception>> documented) {
        Mutator mutator = new Mutator(seed);
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int refused = 0;
        for (int i = 0; i < inputs; i++) {
            byte[] sample = samples.get(i % samples.size());
            byte[] input = i % 10 == 9 ? mutator.randomBytes(2 * sample.length + 8) : mutator.mutate(sample);
            byte[] given = input.clone();
            long before = memory.getCurrentThreadAllocatedBytes();
            try {
                parser.accept(given);
            } catch (Exception e) {
                if (documented.stream().noneMatch(type -> type.isInstance(e))) {
                    throw failure(what, seed, i, input, e);
                }
                refused++;
            } catch (StackOverflowError | OutOfMemoryError e) {
                throw failure(what, seed, i, input, e);
            }
            long allocated = memory.getCurrentThreadAllocatedBytes() - before;
            // The first inputs load and compile classes.
            if (i > 100 && allocated > FIXED_ALLOCATION + ALLOCATION_PER_BYTE * input.length) {
                throw failure(what, seed, i, input, new AssertionError(allocated + " bytes allocated"));
            }
        }
        System.out.println("negative inputs " + what + ": " + inputs + ", refused " + refused);
        if (refused == 0) {
            throw new AssertionError(what + ": not one of " + inputs + " inputs was refused");
        }
        return new Result(inputs - refused, refused);
    }

    /** As {@link #feed}, for parsers of text. */
    public static Result feedText(
            String what,
            long seed,
            int inputs,
            List<String> samples,
            Consumer<String> parser,
            Set<Class<? extends Exception>> documented) {
        List<byte[]> bytes =
                samples.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();
        return feed(what, seed, inputs, bytes, b -> parser.accept(new String(b, StandardCharsets.UTF_8)), documented);
    }

    private static AssertionError failure(String what, long seed, int index, byte[] input, Throwable cause) {
        String hex = HexFormat.of().formatHex(input, 0, Math.min(input.length, 2000));
        return new AssertionError(
                what + ", seed " + seed + ", input " + index + " of " + input.length + " bytes " + hex + ": " + cause,
                cause);
    }

    /** Random bytes, mostly few. */
    public byte[] randomBytes(int maxLength) {
        int limit = random.nextBoolean() ? Math.min(maxLength, 16) : maxLength;
        byte[] bytes = new byte[random.nextInt(limit + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A changed copy: one to three changes. */
    public byte[] mutate(byte[] sample) {
        byte[] bytes = sample;
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes = change(bytes);
        }
        return bytes;
    }

    private byte[] change(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int end = Math.min(bytes.length, at + random.nextInt(1 + Math.min(64, bytes.length)));
        return switch (random.nextInt(10)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> Arrays.copyOf(bytes, Math.max(0, bytes.length - 1 - random.nextInt(4)));
            case 2 -> join(bytes, randomBytes(64));
            case 3 -> join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, end, bytes.length));
            case 4 -> join(Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, at, bytes.length));
            case 5 -> join(Arrays.copyOf(bytes, at), randomBytes(16), Arrays.copyOfRange(bytes, at, bytes.length));
            case 6 -> overwrite(bytes, at, LENGTHS[random.nextInt(LENGTHS.length)]);
            case 7 -> overwrite(bytes, at, new byte[] {(byte) BYTES[random.nextInt(BYTES.length)]});
            case 8 -> overwrite(bytes, random.nextInt(1 + Math.min(8, bytes.length)), randomBytes(8));
            default -> flip(bytes, at);
        };
    }

    private byte[] flip(byte[] bytes, int at) {
        byte[] flipped = bytes.clone();
        if (at < flipped.length) {
            flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] overwrite(byte[] bytes, int at, byte[] with) {
        byte[] changed = bytes.clone();
        System.arraycopy(with, 0, changed, at, Math.min(with.length, changed.length - at));
        return changed;
    }

    private static byte[] join(byte[]... parts) {
        byte[] joined = new byte[0];
        for (byte[] part : parts) {
            int length = joined.length;
            joined = Arrays.copyOf(joined, length + part.length);
            System.arraycopy(part, 0, joined, length, part.length);
        }
        return joined;
    }
}
