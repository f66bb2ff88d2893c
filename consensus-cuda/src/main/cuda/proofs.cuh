// From table 7 to proofs, their hashes and encoded records (proof-of-space §1.7, §1.8, §3).
#pragma once
#include "tables.cuh"

namespace proofs {
using tables::CANDIDATES;
using tables::CAPACITY;
using tables::TABLE_ENTRIES;

constexpr uint32_t S_BUCKETS = 65536, STORED = 32768, NONE = 0xFFFFFFFFu;
constexpr uint32_t SELECT_THREADS = 256, RANK_THREADS = 1024, EXPAND_THREADS = 128;
constexpr uint32_t WORDS = S_BUCKETS / 32, LEAVES = 64, PROOF_WORDS = 40;
/// Proofs that a block expands at a time.
constexpr uint32_t GROUP = 64;

/// Parents and remainders of tables 1 to 6, one table after the other.
struct Ancestors {
    const uint32_t *parents;
    const uint16_t *remainders;
};

__device__ __forceinline__ uint32_t left(uint32_t parents) { return (parents >> 18) * CAPACITY + (parents >> 9 & 511); }
__device__ __forceinline__ uint32_t right(uint32_t parents) { return ((parents >> 18) + 1) * CAPACITY + (parents & 511); }

/// V1's order of two entries of table T (by y, then left parents, then right ones): negative, zero or positive.
template <int T>
__device__ NOT_INLINED int compare(const Ancestors &in, uint32_t a, uint32_t b) {
    if (a == b) return 0;
    const uint16_t *remainders = in.remainders + (T - 1) * TABLE_ENTRIES;
    uint32_t ya = a / CAPACITY * tables::BC + remainders[a], yb = b / CAPACITY * tables::BC + remainders[b];
    if (ya != yb) return ya < yb ? -1 : 1;
    uint32_t pa = in.parents[(T - 1) * TABLE_ENTRIES + a], pb = in.parents[(T - 1) * TABLE_ENTRIES + b];
    if constexpr (T == 1) {
        return pa < pb ? -1 : 1;
    } else {
        int order = compare<T - 1>(in, left(pa), left(pb));
        return order != 0 ? order : compare<T - 1>(in, right(pa), right(pb));
    }
}

/// The canonical candidate of an s-bucket: the smallest y, in V2 the smallest position. NONE in y where there is no candidate.
template <bool ORDERED>
__device__ __forceinline__ uint2 canonical(const uint2 *candidates, const uint32_t *counts, const Ancestors &in, uint32_t s) {
    const uint32_t n = tables::least(counts[s], CANDIDATES);
    uint2 best = make_uint2(0, NONE);
    for (uint32_t i = 0; i < n; i++) {
        uint2 c = candidates[s * CANDIDATES + i];
        bool better = best.y == NONE || c.x < best.x;
        if (!ORDERED && best.y != NONE && c.x == best.x) {
            int order = compare<6>(in, left(c.y), left(best.y));
            better = (order != 0 ? order : compare<6>(in, right(c.y), right(best.y))) < 0;
        }
        if (better) best = c;
    }
    return best;
}

/// The canonical candidates of all s-buckets. One thread per s-bucket.
template <bool ORDERED>
__device__ __forceinline__ void select(
    const uint2 *candidates, const uint32_t *counts, const Ancestors &in, uint32_t *roots, uint32_t *found) {
    const uint32_t s = blockIdx.x * SELECT_THREADS + threadIdx.x;
    const uint2 best = canonical<ORDERED>(candidates, counts, in, s);
    roots[s] = best.y;
    uint32_t bits = __ballot_sync(0xFFFFFFFFu, best.y != NONE);
    if ((s & 31) == 0) found[s >> 5] = bits;
}

/// Numbers the s-buckets that have a proof, in one block. keep: how many count at most; those above lose their bit in kept.
/// order: their s-buckets; with fill, where there are fewer, the lowest others follow up to keep. total: how many count.
__device__ __forceinline__ void rank(
    const uint32_t *found, uint32_t keep, uint32_t fill, uint32_t *kept, uint32_t *order, uint32_t *total) {
    __shared__ uint32_t warps[32];
    const uint32_t tid = threadIdx.x, lane = tid & 31, warp = tid >> 5;
    const uint32_t bits[2] = {found[2 * tid], found[2 * tid + 1]};
    const uint32_t own = (uint32_t)(__popc(bits[0]) + __popc(bits[1]));
    uint32_t sum = own;
    UNROLLED for (int d = 1; d < 32; d <<= 1) {
        uint32_t below = __shfl_up_sync(0xFFFFFFFFu, sum, d);
        if (lane >= (uint32_t)d) sum += below;
    }
    if (lane == 31) warps[warp] = sum;
    __syncthreads();
    uint32_t before = sum - own, all = 0;
    for (uint32_t w = 0; w < RANK_THREADS / 32; w++) {
        before += w < warp ? warps[w] : 0;
        all += warps[w];
    }
    const uint32_t counted = tables::least(all, keep);
    if (tid == 0) *total = counted;
    uint32_t result[2] = {0, 0}, set = before;
    for (uint32_t i = 0; i < 64; i++) {
        uint32_t s = tid * 64 + i;
        if (bits[i >> 5] >> (i & 31) & 1) {
            if (set < keep) {
                result[i >> 5] |= 1u << (i & 31);
                order[set] = s;
            }
            set++;
        } else if (fill && counted + (s - set) < keep) {
            // Only where all that have a proof count: s - set of the others come before this one.
            order[counted + (s - set)] = s;
        }
    }
    kept[2 * tid] = result[0];
    kept[2 * tid + 1] = result[1];
}

/// What a block expands its proofs in: nodes level by level, then the proofs' words with the words of one place side by side.
struct Expansion {
    uint32_t nodes[GROUP * LEAVES];
    uint32_t words[GROUP * PROOF_WORDS];
};

/// The first n of a block's proofs, from the roots at the start of nodes: big-endian words in words[word * GROUP + proof].
__device__ __forceinline__ void expand(Expansion &e, const uint32_t *parents, uint32_t n) {
    uint32_t *from = e.nodes, *to = e.words;
    uint32_t width = 1;
    for (int table = 6; table >= 1; table--) {
        __syncthreads();
        const uint32_t *p = parents + (uint32_t)(table - 1) * TABLE_ENTRIES;
        for (uint32_t k = threadIdx.x; k < n * width; k += EXPAND_THREADS) {
            uint32_t node = from[k];
            to[2 * k] = p[left(node)];
            to[2 * k + 1] = p[right(node)];
        }
        uint32_t *other = from;
        from = to;
        to = other;
        width *= 2;
    }
    __syncthreads();
    // Six exchanges: the leaves are in nodes again. Eight of 20 bits are five words.
    for (uint32_t k = threadIdx.x; k < n * 8; k += EXPAND_THREADS) {
        const uint32_t proof = k >> 3, part = k & 7, *x = e.nodes + proof * LEAVES + part * 8;
        uint32_t *w = e.words + part * 5 * GROUP + proof;
        w[0] = x[0] << 12 | x[1] >> 8;
        w[GROUP] = x[1] << 24 | x[2] << 4 | x[3] >> 16;
        w[2 * GROUP] = x[3] << 16 | x[4] >> 4;
        w[3 * GROUP] = x[4] << 28 | x[5] << 8 | x[6] >> 12;
        w[4 * GROUP] = x[6] << 20 | x[7];
    }
    __syncthreads();
}

/// BLAKE3 of the 160 bytes of a block's proof.
__device__ __forceinline__ void hash(const Expansion &e, uint32_t proof, uint32_t h[8]) {
    uint32_t m[16], next[8];
    blake3::start(h);
    for (uint32_t block = 0; block < 3; block++) {
        const uint32_t length = block < 2 ? 64 : 32;
        const uint32_t flags = block == 0 ? blake3::CHUNK_START : block == 2 ? blake3::CHUNK_END | blake3::ROOT : 0;
        UNROLLED for (uint32_t i = 0; i < 16; i++) {
            m[i] = i * 4 < length ? swapped(e.words[(block * 16 + i) * GROUP + proof]) : 0;
        }
        blake3::compress(h, m, length, flags, next);
        UNROLLED for (int i = 0; i < 8; i++) h[i] = next[i];
    }
}

/// The roots of a block's proofs to the start of the expansion; how many there are.
__device__ __forceinline__ uint32_t loadRoots(
    Expansion &e, const uint32_t *order, const uint32_t *total, const uint32_t *roots, uint32_t first) {
    const uint32_t n = *total > first ? tables::least(*total - first, GROUP) : 0;
    if (threadIdx.x < n) e.nodes[threadIdx.x] = roots[order[first + threadIdx.x]];
    return n;
}

/// Stored chunks in order: masked where there is a proof, as they are after that. source: even s-buckets, parity: odd ones.
__device__ __forceinline__ void encode(
    const uint32_t *order, const uint32_t *total, const uint32_t *roots, const Ancestors &in, const uint32_t *source,
    const uint32_t *parity, uint32_t *out) {
    __shared__ Expansion e;
    const uint32_t first = blockIdx.x * GROUP, n = loadRoots(e, order, total, roots, first);
    expand(e, in.parents, n);
    if (threadIdx.x >= GROUP) return;
    uint32_t h[8] = {0, 0, 0, 0, 0, 0, 0, 0};
    if (threadIdx.x < n) hash(e, threadIdx.x, h);
    const uint32_t s = order[first + threadIdx.x];
    const uint4 *chunk = (const uint4 *)((s & 1 ? parity : source) + (s >> 1) * 8);
    uint4 *target = (uint4 *)(out + (first + threadIdx.x) * 8);
    const uint4 low = chunk[0], high = chunk[1];
    target[0] = make_uint4(low.x ^ h[0], low.y ^ h[1], low.z ^ h[2], low.w ^ h[3]);
    target[1] = make_uint4(high.x ^ h[4], high.y ^ h[5], high.z ^ h[6], high.w ^ h[7]);
}

/// The proofs themselves at 160 s and their hashes at 32 s.
__device__ __forceinline__ void reveal(
    const uint32_t *order, const uint32_t *total, const uint32_t *roots, const Ancestors &in, uint32_t *proofs,
    uint32_t *hashes) {
    __shared__ Expansion e;
    const uint32_t first = blockIdx.x * GROUP, n = loadRoots(e, order, total, roots, first);
    if (n == 0) return;
    expand(e, in.parents, n);
    for (uint32_t k = threadIdx.x; k < n * PROOF_WORDS; k += EXPAND_THREADS) {
        uint32_t proof = k / PROOF_WORDS, word = k - proof * PROOF_WORDS;
        proofs[order[first + proof] * PROOF_WORDS + word] = swapped(e.words[word * GROUP + proof]);
    }
    if (threadIdx.x < n) {
        uint32_t h[8];
        hash(e, threadIdx.x, h);
        uint4 *target = (uint4 *)(hashes + order[first + threadIdx.x] * 8);
        target[0] = make_uint4(h[0], h[1], h[2], h[3]);
        target[1] = make_uint4(h[4], h[5], h[6], h[7]);
    }
}

/// The proof of one s-bucket, by one block. answer: whether there is one, then its 160 bytes. keep: s-buckets with a proof that count at most.
template <bool ORDERED>
__device__ __forceinline__ void single(
    const uint32_t *sBucket, const uint2 *candidates, const uint32_t *counts, const Ancestors &in, uint32_t keep, uint32_t *answer) {
    __shared__ Expansion e;
    __shared__ uint32_t before, root;
    const uint32_t tid = threadIdx.x, s = *sBucket;
    if (tid == 0) {
        before = 0;
        root = canonical<ORDERED>(candidates, counts, in, s).y;
        e.nodes[0] = root;
    }
    __syncthreads();
    if (ORDERED) {
        uint32_t own = 0;
        for (uint32_t i = tid; i < s; i += EXPAND_THREADS) own += counts[i] != 0;
        atomicAdd(&before, own);
        __syncthreads();
    }
    const bool there = root != NONE && before < keep;
    if (tid == 0) answer[0] = there;
    // The same for the whole block.
    if (!there) return;
    expand(e, in.parents, 1);
    for (uint32_t word = tid; word < PROOF_WORDS; word += EXPAND_THREADS) answer[1 + word] = swapped(e.words[word * GROUP]);
}
}  // namespace proofs
