// Scalars of BLS12-381 in eight 32-bit limbs, and the extension of a record (primitives §6.1): values at the even 65 536-th roots of unity in,
// values at the odd ones out. Data are plain numbers and roots are in Montgomery form, so that every product is plain again.
#pragma once
#include "platform.cuh"

namespace field {
constexpr uint32_t POINTS = 32768, TILE = 256, STRIDE = 128, TILE_THREADS = 128, MIDDLE = 128, MIDDLE_THREADS = 64;

struct Scalar {
    uint32_t limb[8];
};

/// The modulus. Its lowest limb is 1, so that the quotient of a Montgomery step is the negated lowest limb.
__device__ __forceinline__ constexpr uint32_t modulus(int i) {
    return i == 0   ? 0x00000001u
           : i == 1 ? 0xFFFFFFFFu
           : i == 2 ? 0xFFFE5BFEu
           : i == 3 ? 0x53BDA402u
           : i == 4 ? 0x09A1D805u
           : i == 5 ? 0x3339D808u
           : i == 6 ? 0x299D7D48u
                    : 0x73EDA753u;
}

/// a - modulus where that is not negative; whether it was not.
__device__ __forceinline__ bool reduce(Scalar &a) {
    uint32_t difference[8];
    int64_t borrow = 0;
    UNROLLED for (int i = 0; i < 8; i++) {
        borrow += (int64_t)a.limb[i] - modulus(i);
        difference[i] = (uint32_t)borrow;
        borrow >>= 32;
    }
    UNROLLED for (int i = 0; i < 8; i++) a.limb[i] = borrow ? a.limb[i] : difference[i];
    return borrow == 0;
}

__device__ __forceinline__ Scalar sum(const Scalar &a, const Scalar &b) {
    Scalar r;
    uint64_t carry = 0;
    UNROLLED for (int i = 0; i < 8; i++) {
        carry += (uint64_t)a.limb[i] + b.limb[i];
        r.limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    reduce(r);
    return r;
}

__device__ __forceinline__ Scalar difference(const Scalar &a, const Scalar &b) {
    Scalar r;
    int64_t borrow = 0;
    UNROLLED for (int i = 0; i < 8; i++) {
        borrow += (int64_t)a.limb[i] - b.limb[i];
        r.limb[i] = (uint32_t)borrow;
        borrow >>= 32;
    }
    const uint32_t mask = (uint32_t)borrow;
    uint64_t carry = 0;
    UNROLLED for (int i = 0; i < 8; i++) {
        carry += (uint64_t)r.limb[i] + (modulus(i) & mask);
        r.limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    return r;
}

/// a · b / 2^256: the plain product where one factor is in Montgomery form.
__device__ __forceinline__ Scalar product(const Scalar &a, const Scalar &b) {
    uint32_t t[8] = {0, 0, 0, 0, 0, 0, 0, 0};
    UNROLLED for (int i = 0; i < 8; i++) {
        uint64_t carry = 0;
        UNROLLED for (int j = 0; j < 8; j++) {
            carry += (uint64_t)a.limb[j] * b.limb[i] + t[j];
            t[j] = (uint32_t)carry;
            carry >>= 32;
        }
        const uint64_t top = carry;
        const uint32_t quotient = 0u - t[0];
        carry = t[0] != 0;
        UNROLLED for (int j = 1; j < 8; j++) {
            carry += (uint64_t)quotient * modulus(j) + t[j];
            t[j - 1] = (uint32_t)carry;
            carry >>= 32;
        }
        t[7] = (uint32_t)(top + carry);
    }
    Scalar r;
    UNROLLED for (int i = 0; i < 8; i++) r.limb[i] = t[i];
    reduce(r);
    return r;
}

__device__ __forceinline__ Scalar load(const uint32_t *words) {
    const uint4 low = ((const uint4 *)words)[0], high = ((const uint4 *)words)[1];
    return Scalar{{low.x, low.y, low.z, low.w, high.x, high.y, high.z, high.w}};
}

__device__ __forceinline__ void store(uint32_t *words, const Scalar &a) {
    ((uint4 *)words)[0] = make_uint4(a.limb[0], a.limb[1], a.limb[2], a.limb[3]);
    ((uint4 *)words)[1] = make_uint4(a.limb[4], a.limb[5], a.limb[6], a.limb[7]);
}

/// To and from 32 big-endian bytes.
__device__ __forceinline__ Scalar turned(const Scalar &a) {
    Scalar r;
    UNROLLED for (int i = 0; i < 8; i++) r.limb[i] = swapped(a.limb[7 - i]);
    return r;
}

/// Points of a tile in shared memory, limb by limb, so that neighbouring threads meet different banks.
template <uint32_t N>
struct Tile {
    uint32_t limb[8][N];

    __device__ __forceinline__ Scalar get(uint32_t i) const {
        Scalar a;
        UNROLLED for (int k = 0; k < 8; k++) a.limb[k] = limb[k][i];
        return a;
    }

    __device__ __forceinline__ void set(uint32_t i, const Scalar &a) {
        UNROLLED for (int k = 0; k < 8; k++) limb[k][i] = a.limb[k];
    }
};

/// One layer of a transform, of N / 2 threads: butterflies over `half` points of the tile, which are `stride` apart in the whole, from `offset`.
/// Natural order is taken apart towards bit-reversed order (INVERSE, roots last) or put together again (roots first).
template <uint32_t N, bool INVERSE>
__device__ __forceinline__ void layer(Tile<N> &tile, uint32_t half, uint32_t stride, uint32_t offset, const uint32_t *roots) {
    const uint32_t k = threadIdx.x & (half - 1), at = (threadIdx.x - k) * 2 + k;
    const uint32_t exponent = (k * stride + offset) * (POINTS / 2 / (half * stride));
    const Scalar root = load(roots + exponent * 8), u = tile.get(at), v = tile.get(at + half);
    if (INVERSE) {
        tile.set(at, sum(u, v));
        tile.set(at + half, product(difference(u, v), root));
    } else {
        const Scalar w = product(v, root);
        tile.set(at, sum(u, w));
        tile.set(at + half, difference(u, w));
    }
}

/// Layers of 16 384 to 128 points of the inverse transform: a block has the points of one remainder modulo 128.
__device__ __forceinline__ void takeApart(const uint32_t *record, const uint32_t *roots, uint32_t *work, uint32_t *status) {
    __shared__ Tile<TILE> tile;
    const uint32_t column = blockIdx.x;
    for (uint32_t i = threadIdx.x; i < TILE; i += TILE_THREADS) {
        Scalar a = turned(load(record + (i * STRIDE + column) * 8));
        if (reduce(a)) atomicOr(status, NOT_A_SCALAR);
        tile.set(i, a);
    }
    for (uint32_t half = TILE / 2; half >= 1; half >>= 1) {
        __syncthreads();
        layer<TILE, true>(tile, half, STRIDE, column, roots);
    }
    __syncthreads();
    for (uint32_t i = threadIdx.x; i < TILE; i += TILE_THREADS) store(work + (i * STRIDE + column) * 8, tile.get(i));
}

/// The other layers of the inverse transform, the shift to the odd roots (with the division by 32 768), the first layers of the transform.
__device__ __forceinline__ void shift(
    uint32_t *work, const uint32_t *inverseRoots, const uint32_t *shifts, const uint32_t *roots) {
    __shared__ Tile<MIDDLE> tile;
    const uint32_t base = blockIdx.x * MIDDLE;
    for (uint32_t i = threadIdx.x; i < MIDDLE; i += MIDDLE_THREADS) tile.set(i, load(work + (base + i) * 8));
    for (uint32_t half = MIDDLE / 2; half >= 1; half >>= 1) {
        __syncthreads();
        layer<MIDDLE, true>(tile, half, 1, 0, inverseRoots);
    }
    __syncthreads();
    for (uint32_t i = threadIdx.x; i < MIDDLE; i += MIDDLE_THREADS) {
        tile.set(i, product(tile.get(i), load(shifts + (base + i) * 8)));
    }
    for (uint32_t half = 1; half <= MIDDLE / 2; half <<= 1) {
        __syncthreads();
        layer<MIDDLE, false>(tile, half, 1, 0, roots);
    }
    __syncthreads();
    for (uint32_t i = threadIdx.x; i < MIDDLE; i += MIDDLE_THREADS) store(work + (base + i) * 8, tile.get(i));
}

/// Layers of 128 to 16 384 points of the transform; parity as big-endian bytes.
__device__ __forceinline__ void putTogether(const uint32_t *work, const uint32_t *roots, uint32_t *parity) {
    __shared__ Tile<TILE> tile;
    const uint32_t column = blockIdx.x;
    for (uint32_t i = threadIdx.x; i < TILE; i += TILE_THREADS) tile.set(i, load(work + (i * STRIDE + column) * 8));
    for (uint32_t half = 1; half <= TILE / 2; half <<= 1) {
        __syncthreads();
        layer<TILE, false>(tile, half, STRIDE, column, roots);
    }
    __syncthreads();
    for (uint32_t i = threadIdx.x; i < TILE; i += TILE_THREADS) {
        store(parity + (i * STRIDE + column) * 8, turned(tile.get(i)));
    }
}
}  // namespace field
