// Transforms of 256 to 65 536 points over arrays on the card, and the recovery of code words from any half of their shards (primitives §5.1, §6.2).
//
// As in field.cuh data are plain numbers, and roots and constants are in Montgomery form. A transform goes from natural to bit-reversed order (down) or
// back (up), whichever roots it takes, in passes of up to 8 layers, each over tiles of 256 points in shared memory.
#pragma once
#include "field.cuh"

namespace transforms {
using field::Scalar;

/// Roots are powers 0 to 32 767 of the root of order 65 536, or of its inverse.
constexpr uint32_t LOG_ORDER = 16, HALF_ORDER = 32768;
constexpr uint32_t TILE = 256, LOG_TILE = 8, PASS_THREADS = 128, POINT_THREADS = 128;
/// Roots of a polynomial that one block multiplies out; inversions that a thread joins.
constexpr uint32_t LEAF = 256, LEAF_THREADS = 256, JOINED = 8;
/// Of the constants: 1 / 2^k at k as a factor, and the same times 2^256 at 32 + k, which makes plain the product of two plain numbers.
constexpr uint32_t PLAIN = 32;

__device__ __forceinline__ Scalar get(const uint32_t *array, uint32_t i) { return field::load(array + 8 * i); }
__device__ __forceinline__ void put(uint32_t *array, uint32_t i, const Scalar &a) { field::store(array + 8 * i, a); }

__device__ __forceinline__ Scalar small(uint32_t value) {
    Scalar r = {{value, 0, 0, 0, 0, 0, 0, 0}};
    return r;
}

__device__ __forceinline__ uint32_t point() { return blockIdx.x * POINT_THREADS + threadIdx.x; }

/// The lowest bits of an index in reversed order, the others as they are.
__device__ __forceinline__ uint32_t reversed(uint32_t i, uint32_t log) {
    return i >> log << log | (log == 0 ? 0 : __brev(i) >> (32 - log) & ((1u << log) - 1));
}

/// Where place i of a block's tile is in the array: the tile's groups are `layers` bits of the index from bit `low` on.
__device__ __forceinline__ uint32_t position(uint32_t i, uint32_t low, uint32_t layers) {
    const uint32_t group = (blockIdx.x << (LOG_TILE - layers)) + (i >> layers), inGroup = i & ((1u << layers) - 1);
    return group >> low << (low + layers) | inGroup << low | (group & ((1u << low) - 1));
}

/// Layers low to low + layers - 1 of the transforms in an array, a block for each 256 points. Layer l joins points that are 2^l apart.
template <bool DOWN>
__device__ __forceinline__ void pass(uint32_t *data, const uint32_t *roots, uint32_t low, uint32_t layers) {
    __shared__ field::Tile<TILE> tile;
    for (uint32_t i = threadIdx.x; i < TILE; i += PASS_THREADS) tile.set(i, get(data, position(i, low, layers)));
    for (uint32_t step = 0; step < layers; step++) {
        __syncthreads();
        const uint32_t layer = DOWN ? layers - 1 - step : step, half = 1u << layer;
        const uint32_t k = threadIdx.x & (half - 1), at = (threadIdx.x - k) * 2 + k;
        const uint32_t within = position(at, low, layers) & ((1u << (layer + low)) - 1);
        const Scalar root = get(roots, within << (LOG_ORDER - 1 - layer - low)), u = tile.get(at), v = tile.get(at + half);
        if (DOWN) {
            tile.set(at, field::sum(u, v));
            tile.set(at + half, field::product(field::difference(u, v), root));
        } else {
            const Scalar w = field::product(v, root);
            tile.set(at, field::sum(u, w));
            tile.set(at + half, field::difference(u, w));
        }
    }
    __syncthreads();
    for (uint32_t i = threadIdx.x; i < TILE; i += PASS_THREADS) put(data, position(i, low, layers), tile.get(i));
}

/// Big-endian bytes to numbers.
__device__ __forceinline__ void read(const uint32_t *bytes, uint32_t n, uint32_t *data, uint32_t *status) {
    const uint32_t i = point();
    if (i >= n) return;
    Scalar a = field::turned(get(bytes, i));
    if (field::reduce(a)) atomicOr(status, NOT_A_SCALAR);
    put(data, i, a);
}

/// Numbers times a constant to big-endian bytes; those of each 2^log are taken in bit-reversed order.
__device__ __forceinline__ void write(const uint32_t *data, uint32_t n, uint32_t log, const uint32_t *constant, uint32_t *bytes) {
    const uint32_t i = point();
    if (i < n) put(bytes, i, field::turned(field::product(get(data, reversed(i, log)), get(constant, 0))));
}

/// From the coefficients of polynomials of 2^log of them, in bit-reversed order, to those of the ones whose values are at the odd roots; n numbers in all.
__device__ __forceinline__ void shift(uint32_t *data, uint32_t n, uint32_t log, const uint32_t *roots, const uint32_t *constant) {
    const uint32_t i = point();
    if (i >= n) return;
    const Scalar root = get(roots, reversed(i & ((1u << log) - 1), log) << (LOG_ORDER - 1 - log));
    put(data, i, field::product(field::product(get(data, i), root), get(constant, 0)));
}

// ---- recovery

/// A shard's root; the second half of them are the first with the other sign.
__device__ __forceinline__ Scalar rootOf(const uint32_t *roots, uint32_t shard, uint32_t logPoints) {
    const uint32_t exponent = shard << (LOG_ORDER - logPoints);
    const Scalar root = get(roots, exponent & (HALF_ORDER - 1));
    return exponent < HALF_ORDER ? root : field::difference(small(0), root);
}

/// The product of x - root over 256 shards a block: its 256 lower coefficients, the next being one.
__device__ __forceinline__ void leaves(const uint32_t *shards, uint32_t logPoints, const uint32_t *roots, uint32_t *polynomials) {
    __shared__ field::Tile<LEAF> tiles[2];
    const uint32_t i = threadIdx.x, first = blockIdx.x * LEAF;
    Scalar own = small(i == 0);
    for (uint32_t k = 0; k < LEAF; k++) {
        // Two tiles in turn, so that nobody overwrites what others still read.
        field::Tile<LEAF> &tile = tiles[k & 1];
        tile.set(i, own);
        __syncthreads();
        const Scalar below = i == 0 ? small(0) : tile.get(i - 1);
        own = field::difference(below, field::product(own, rootOf(roots, shards[first + k], logPoints)));
    }
    put(polynomials, first + i, own);
}

/// Polynomials of 2^log coefficients with as many zeros after each; n numbers in all with the zeros.
__device__ __forceinline__ void pad(const uint32_t *polynomials, uint32_t log, uint32_t n, uint32_t *padded) {
    const uint32_t i = point();
    if (i >= n) return;
    const uint32_t polynomial = i >> (log + 1), k = i & ((2u << log) - 1);
    put(padded, i, k >> log ? small(0) : get(polynomials, (polynomial << log) + k));
}

/// Products, value by value, of each two neighbours of 2^log values; n numbers come out.
__device__ __forceinline__ void multiply(const uint32_t *values, uint32_t log, uint32_t n, const uint32_t *constant, uint32_t *products) {
    const uint32_t i = point();
    if (i >= n) return;
    const uint32_t pair = i >> log, k = i & ((1u << log) - 1), left = (2 * pair << log) + k;
    const Scalar a = get(values, left), b = get(values, left + (1u << log));
    put(products, i, field::product(field::product(a, b), get(constant, 0)));
}

/// What is missing of the product of two polynomials that are x^d plus 2^log = d lower coefficients: the sum of these, times x^d.
__device__ __forceinline__ void addLeading(const uint32_t *polynomials, uint32_t log, uint32_t n, uint32_t *products) {
    const uint32_t i = point();
    if (2 * i >= n) return;
    const uint32_t pair = i >> log, k = i & ((1u << log) - 1), left = (2 * pair << log) + k, at = left + (1u << log);
    put(products, at, field::sum(get(products, at), field::sum(get(polynomials, left), get(polynomials, at))));
}

/// Of the vanishing polynomial x^n plus n lower coefficients: its derivative, padded to 2 n, and then those lower coefficients, padded likewise.
__device__ __forceinline__ void derive(const uint32_t *vanishing, uint32_t n, const uint32_t *constants, uint32_t *both) {
    const uint32_t i = point(), k = i & (2 * n - 1);
    if (i >= 4 * n) return;
    Scalar a = small(0);
    if (i < n) {
        a = k + 1 == n ? small(1) : get(vanishing, k + 1);
        a = field::product(a, field::product(small(k + 1), get(constants, PLAIN)));
    } else if (i >= 2 * n && k < n) {
        a = get(vanishing, k);
    }
    put(both, i, a);
}

/// What times a number, in Montgomery form both, is one: its power to the modulus minus two.
__device__ __forceinline__ Scalar inverse(const Scalar &a, const Scalar &one) {
    Scalar r = one;
    for (int bit = 255; bit >= 0; bit--) {
        r = field::product(r, r);
        // The modulus ends in 00000001: minus two, that is FFFFFFFF with a borrow from the limb above.
        const uint32_t word = bit < 32 ? 0xFFFFFFFFu : bit < 64 ? field::modulus(1) - 1 : field::modulus(bit >> 5);
        if (word >> (bit & 31) & 1) r = field::product(r, a);
    }
    return r;
}

/// Each used shard over the derivative's value at its root, at its place in bit-reversed order; the other places are zero already.
__device__ __forceinline__ void weigh(
    const uint32_t *shards, const uint32_t *used, uint32_t n, uint32_t logPoints, const uint32_t *derivative, const uint32_t *constants,
    uint32_t *weights) {
    const uint32_t thread = point(), step = n / JOINED;
    if (thread >= step) return;
    Scalar value[JOINED], before[JOINED], all = get(constants, 0);
    for (uint32_t i = 0; i < JOINED; i++) {
        before[i] = all;
        value[i] = get(derivative, reversed(used[thread + i * step], logPoints));
        all = field::product(all, value[i]);
    }
    Scalar rest = inverse(all, get(constants, 0));
    for (uint32_t i = JOINED; i-- > 0;) {
        const uint32_t at = thread + i * step;
        const Scalar over = field::product(rest, before[i]);
        rest = field::product(rest, value[i]);
        put(weights, reversed(used[at], logPoints), field::product(field::product(get(shards, at), over), small(1)));
    }
}

/// The first n coefficients of the series of the sum of weight / (x - root), padded to 2 n.
__device__ __forceinline__ void series(const uint32_t *sums, uint32_t n, uint32_t *padded) {
    const uint32_t i = point();
    if (i < 2 * n) put(padded, i, i < n ? field::difference(small(0), get(sums, i + 1)) : small(0));
}
}  // namespace transforms
