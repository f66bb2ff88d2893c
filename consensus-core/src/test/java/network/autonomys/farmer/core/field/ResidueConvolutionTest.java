package network.autonomys.farmer.core.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kernel against sums of products. */
class ResidueConvolutionTest {
    /** The largest below the limit. */
    private static final int PRIME = 128_253_953;

    @ParameterizedTest
    @CsvSource({"1,512", "4,512", "8,512", "1,1024", "4,1024", "8,1024"})
    void convolves(int lanes, int points) {
        Random random = new Random(points);
        long[] given = random.longs(points, 0, PRIME).toArray();
        long[] a = random.longs(points, 0, PRIME).toArray();
        long[] expected = new long[points];
        for (int i = 0; i < points; i++) {
            for (int j = 0; j < points; j++) {
                int to = (i + j) % points;
                expected[to] = (expected[to] + a[i] * given[j]) % PRIME;
            }
        }
        long[] sums = random.longs(points, 0, 1L << 40).toArray();
        long[] before = sums.clone();
        long[] result = a.clone();
        ResidueConvolution convolution = new ResidueConvolution(ResidueKernel.ofLanes(lanes), PRIME, given);
        convolution.convolve(result, 535, sums);
        assertThat(result).isEqualTo(expected);
        for (int i = 0; i < points; i++) {
            assertThat(sums[i]).isEqualTo(before[i] + 535 * expected[i]);
        }
    }

    /** Nothing overflows in the longest transform where all is as large as allowed. */
    @ParameterizedTest
    @CsvSource({"1,0", "4,0", "8,0", "1,1", "4,1", "8,1"})
    void convolvesTheLargestValues(int lanes, int random) {
        int points = 1 << 16;
        long largest = PRIME + PRIME / 2 - 1;
        long[] given = new long[points];
        Arrays.fill(given, PRIME - 1);
        long[] a = new long[points];
        Arrays.fill(a, largest);
        long sum = points * (largest % PRIME) % PRIME;
        if (random == 1) {
            Random values = new Random(lanes);
            sum = 0;
            for (int i = 0; i < points; i++) {
                a[i] = values.nextBoolean() ? largest : values.nextLong(PRIME);
                sum = (sum + a[i]) % PRIME;
            }
        }
        new ResidueConvolution(ResidueKernel.ofLanes(lanes), PRIME, given).convolve(a, 0, new long[points]);
        // All given are -1.
        assertThat(a).containsOnly(PRIME - sum);
    }

    @Test
    void refusesOtherModuli() {
        ResidueKernel kernel = ResidueKernel.ofLanes(1);
        assertThatThrownBy(() -> new ResidueConvolution(kernel, 129_957_889, new long[1 << 16]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ResidueConvolution(kernel, 97, new long[64]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ResidueConvolution(kernel, 129, new long[64]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
