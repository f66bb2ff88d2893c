// Sums of multiples of fixed points of BLS12-381's G1 (primitives §5.4). Coordinates are in Montgomery form (times 2^384), twelve 32-bit limbs each.
#pragma once
#include "platform.cuh"

namespace curve {
constexpr int LIMBS = 12;
/// A scalar is 32 digits of 8 bits; each has its own multiples of the points, so that all digits of all scalars share 255 buckets.
constexpr uint32_t DIGITS = 32, BUCKETS = 256, PARTS = 128, THREADS = 128;

struct Element {
    uint32_t limb[LIMBS];
};

/// The modulus.
__device__ __forceinline__ constexpr uint32_t modulus(int i) {
    return i == 0    ? 0xFFFFAAABu
           : i == 1  ? 0xB9FEFFFFu
           : i == 2  ? 0xB153FFFFu
           : i == 3  ? 0x1EABFFFEu
           : i == 4  ? 0xF6B0F624u
           : i == 5  ? 0x6730D2A0u
           : i == 6  ? 0xF38512BFu
           : i == 7  ? 0x64774B84u
           : i == 8  ? 0x434BACD7u
           : i == 9  ? 0x4B1BA7B6u
           : i == 10 ? 0x397FE69Au
                     : 0x1A0111EAu;
}

/// 2^384 modulo the modulus: one.
__device__ __forceinline__ constexpr uint32_t oneLimb(int i) {
    return i == 0    ? 0x0002FFFDu
           : i == 1  ? 0x76090000u
           : i == 2  ? 0xC40C0002u
           : i == 3  ? 0xEBF4000Bu
           : i == 4  ? 0x53C758BAu
           : i == 5  ? 0x5F489857u
           : i == 6  ? 0x70525745u
           : i == 7  ? 0x77CE5853u
           : i == 8  ? 0xA256EC6Du
           : i == 9  ? 0x5C071A97u
           : i == 10 ? 0xFA80E493u
                     : 0x15F65EC3u;
}

__device__ __forceinline__ void reduce(Element &a) {
    uint32_t difference[LIMBS];
    int64_t borrow = 0;
    UNROLLED for (int i = 0; i < LIMBS; i++) {
        borrow += (int64_t)a.limb[i] - modulus(i);
        difference[i] = (uint32_t)borrow;
        borrow >>= 32;
    }
    UNROLLED for (int i = 0; i < LIMBS; i++) a.limb[i] = borrow ? a.limb[i] : difference[i];
}

__device__ __forceinline__ Element sum(const Element &a, const Element &b) {
    Element r;
    uint64_t carry = 0;
    UNROLLED for (int i = 0; i < LIMBS; i++) {
        carry += (uint64_t)a.limb[i] + b.limb[i];
        r.limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    reduce(r);
    return r;
}

__device__ __forceinline__ Element difference(const Element &a, const Element &b) {
    Element r;
    int64_t borrow = 0;
    UNROLLED for (int i = 0; i < LIMBS; i++) {
        borrow += (int64_t)a.limb[i] - b.limb[i];
        r.limb[i] = (uint32_t)borrow;
        borrow >>= 32;
    }
    const uint32_t mask = (uint32_t)borrow;
    uint64_t carry = 0;
    UNROLLED for (int i = 0; i < LIMBS; i++) {
        carry += (uint64_t)r.limb[i] + (modulus(i) & mask);
        r.limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    return r;
}

/// a · b / 2^384. One copy of it: a point operation has a dozen, and their code would not fit the instruction cache.
__device__ NOT_INLINED Element product(Element a, Element b) {
    uint32_t t[LIMBS] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    UNROLLED for (int i = 0; i < LIMBS; i++) {
        uint64_t carry = 0;
        UNROLLED for (int j = 0; j < LIMBS; j++) {
            carry += (uint64_t)a.limb[j] * b.limb[i] + t[j];
            t[j] = (uint32_t)carry;
            carry >>= 32;
        }
        const uint64_t top = carry;
        const uint32_t quotient = t[0] * 0xFFFCFFFDu;
        carry = ((uint64_t)quotient * modulus(0) + t[0]) >> 32;
        UNROLLED for (int j = 1; j < LIMBS; j++) {
            carry += (uint64_t)quotient * modulus(j) + t[j];
            t[j - 1] = (uint32_t)carry;
            carry >>= 32;
        }
        t[LIMBS - 1] = (uint32_t)(top + carry);
    }
    Element r;
    UNROLLED for (int i = 0; i < LIMBS; i++) r.limb[i] = t[i];
    reduce(r);
    return r;
}

__device__ __forceinline__ Element square(const Element &a) { return product(a, a); }

__device__ __forceinline__ bool isZero(const Element &a) {
    uint32_t any = 0;
    UNROLLED for (int i = 0; i < LIMBS; i++) any |= a.limb[i];
    return any == 0;
}

__device__ __forceinline__ Element zero() {
    Element r;
    UNROLLED for (int i = 0; i < LIMBS; i++) r.limb[i] = 0;
    return r;
}

__device__ __forceinline__ Element one() {
    Element r;
    UNROLLED for (int i = 0; i < LIMBS; i++) r.limb[i] = oneLimb(i);
    return r;
}

/// a to the power of the modulus minus two: 1 / a.
__device__ __forceinline__ Element inverse(const Element &a) {
    Element r = one();
    for (int bit = LIMBS * 32 - 1; bit >= 0; bit--) {
        r = square(r);
        const uint32_t word = bit < 32 ? modulus(0) - 2 : modulus(bit >> 5);
        if (word >> (bit & 31) & 1) r = product(r, a);
    }
    return r;
}

struct Affine {
    Element x, y;
};

/// x / zz, y / zzz with zz^3 = zzz^2; zz = 0 is the point at infinity.
struct Point {
    Element x, y, zz, zzz;
};

__device__ __forceinline__ Point infinity() { return Point{zero(), zero(), zero(), zero()}; }

/// No point of the group has y = 0.
__device__ __forceinline__ Point doubled(const Point &p) {
    const Element u = sum(p.y, p.y), v = square(u), w = product(u, v), s = product(p.x, v), xx = square(p.x);
    const Element m = sum(sum(xx, xx), xx);
    Point r;
    r.x = difference(square(m), sum(s, s));
    r.y = difference(product(m, difference(s, r.x)), product(w, p.y));
    r.zz = product(v, p.zz);
    r.zzz = product(w, p.zzz);
    return r;
}

/// Complete: points may be equal, opposite or at infinity.
__device__ NOT_INLINED void add(Point &p, const Point &q) {
    if (isZero(q.zz)) return;
    if (isZero(p.zz)) {
        p = q;
        return;
    }
    const Element u = product(p.x, q.zz), s = product(p.y, q.zzz);
    const Element h = difference(product(q.x, p.zz), u), r = difference(product(q.y, p.zzz), s);
    if (isZero(h)) {
        p = isZero(r) ? doubled(p) : infinity();
        return;
    }
    const Element hh = square(h), hhh = product(h, hh), v = product(u, hh);
    p.x = difference(difference(square(r), hhh), sum(v, v));
    p.y = difference(product(r, difference(v, p.x)), product(s, hhh));
    p.zz = product(product(p.zz, q.zz), hh);
    p.zzz = product(product(p.zzz, q.zzz), hhh);
}

/// As add, with a point that is not at infinity.
__device__ NOT_INLINED void addAffine(Point &p, const Affine &q) {
    if (isZero(p.zz)) {
        p = Point{q.x, q.y, one(), one()};
        return;
    }
    const Element h = difference(product(q.x, p.zz), p.x), r = difference(product(q.y, p.zzz), p.y);
    if (isZero(h)) {
        p = isZero(r) ? doubled(p) : infinity();
        return;
    }
    const Element hh = square(h), hhh = product(h, hh), v = product(p.x, hh);
    p.x = difference(difference(square(r), hhh), sum(v, v));
    p.y = difference(product(r, difference(v, p.x)), product(p.y, hhh));
    p.zz = product(p.zz, hh);
    p.zzz = product(p.zzz, hhh);
}

/// Multiples by 2^8, 2^16 … 2^248 of n points, which are at the start of the table: multiple j of point i is at n j + i.
__device__ __forceinline__ void multiples(Affine *table, uint32_t n) {
    const uint32_t i = blockIdx.x * THREADS + threadIdx.x;
    if (i >= n) return;
    for (uint32_t j = 1; j < DIGITS; j++) {
        const Affine from = table[(j - 1) * n + i];
        Point p = {from.x, from.y, one(), one()};
        for (int k = 0; k < 8; k++) p = doubled(p);
        // zz/zzz = 1/z, and (1/z)^2 = 1/zz.
        const Element zzz = inverse(p.zzz), z = product(p.zz, zzz);
        table[j * n + i] = Affine{product(p.x, square(z)), product(p.y, zzz)};
    }
}

// Several sums are computed at once: blockIdx.y is the number of the sum. Scalars, counts, bounds, lists, buckets and results of the sums lie one after the other.

/// How often each digit occurs in n big-endian scalars of 8 words.
__device__ __forceinline__ void count(const uint8_t *scalars, uint32_t n, uint32_t *counts) {
    scalars += blockIdx.y * n * 32;
    counts += blockIdx.y * BUCKETS;
    __shared__ uint32_t own[BUCKETS];
    for (uint32_t b = threadIdx.x; b < BUCKETS; b += THREADS) own[b] = 0;
    __syncthreads();
    const uint32_t i = blockIdx.x * THREADS + threadIdx.x;
    if (i < n) {
        for (uint32_t j = 0; j < DIGITS; j++) atomicAdd(own + scalars[i * 32 + 31 - j], 1);
    }
    __syncthreads();
    for (uint32_t b = threadIdx.x; b < BUCKETS; b += THREADS) atomicAdd(counts + b, own[b]);
}

/// Where each bucket's list begins, twice: as bounds and as cursors. Digit 0 has none. One thread: 256 numbers.
__device__ __forceinline__ void begin(const uint32_t *counts, uint32_t *starts, uint32_t *cursors) {
    if (threadIdx.x != 0) return;
    counts += blockIdx.y * BUCKETS;
    starts += blockIdx.y * (BUCKETS + 1);
    cursors += blockIdx.y * BUCKETS;
    uint32_t at = 0;
    for (uint32_t b = 0; b < BUCKETS; b++) {
        starts[b] = cursors[b] = at;
        at += b == 0 ? 0 : counts[b];
    }
    starts[BUCKETS] = at;
}

/// Puts each digit's multiple into its bucket's list.
__device__ __forceinline__ void distribute(
    const uint8_t *scalars, uint32_t n, uint32_t points, uint32_t *cursors, uint32_t *list) {
    const uint32_t i = blockIdx.x * THREADS + threadIdx.x;
    if (i >= n) return;
    scalars += blockIdx.y * n * 32;
    cursors += blockIdx.y * BUCKETS;
    list += blockIdx.y * DIGITS * points;
    for (uint32_t j = 0; j < DIGITS; j++) {
        const uint32_t digit = scalars[i * 32 + 31 - j];
        if (digit != 0) list[atomicAdd(cursors + digit, 1)] = j * points + i;
    }
}

/// Every PARTS-th of a bucket's points, one part a thread, and then the bucket's sum times its digit. One block a bucket.
__device__ __forceinline__ void accumulate(
    const Affine *table, uint32_t points, const uint32_t *starts, const uint32_t *list, Point *buckets) {
    __shared__ Point part[PARTS];
    starts += blockIdx.y * (BUCKETS + 1);
    list += blockIdx.y * DIGITS * points;
    buckets += blockIdx.y * BUCKETS;
    const uint32_t bucket = blockIdx.x, tid = threadIdx.x;
    Point p = infinity();
    for (uint32_t k = starts[bucket] + tid; k < starts[bucket + 1]; k += PARTS) addAffine(p, table[list[k]]);
    part[tid] = p;
    for (uint32_t half = PARTS / 2; half >= 1; half >>= 1) {
        __syncthreads();
        if (tid < half) add(part[tid], part[tid + half]);
    }
    if (tid != 0) return;
    p = infinity();
    for (int bit = 7; bit >= 0; bit--) {
        if (!isZero(p.zz)) p = doubled(p);
        if (bucket >> bit & 1) add(p, part[0]);
    }
    buckets[bucket] = p;
}

/// The sum of all buckets. One block a sum.
__device__ __forceinline__ void finish(const Point *buckets, Point *result) {
    __shared__ Point part[PARTS];
    buckets += blockIdx.y * BUCKETS;
    result += blockIdx.y;
    const uint32_t tid = threadIdx.x;
    part[tid] = buckets[tid];
    add(part[tid], buckets[tid + PARTS]);
    for (uint32_t half = PARTS / 2; half >= 1; half >>= 1) {
        __syncthreads();
        if (tid < half) add(part[tid], part[tid + half]);
    }
    if (tid == 0) *result = part[0];
}
}  // namespace curve
