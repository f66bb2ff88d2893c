// Tables 1 to 7 of a seed (proof-of-space §1.2 to §1.6, §2.1), bucket by bucket, without any sort in V1.
//
// An entry is 16 bytes: x = its parents (left bucket << 18 | left offset << 9 | right offset; in table 1 its x), y = remainder << 16 | top 16 bits
// of 80 bits of metadata, z and w = the lower metadata words. Entries of a bucket lie in the order in which threads came: V1's result does not
// depend on it (§0.4); V2's does, so there each entry also has a key that grows with its position, and buckets are ranked by it before use.
#pragma once
#include "blake3.cuh"

namespace tables {
constexpr uint32_t BUCKETS = 4441, CAPACITY = 384, BC = 15113, ROWS = 119, COLUMNS = 127, TARGETS = 64;
constexpr uint32_t THREADS = 256, FIRST_THREADS = 160, MATCHES = 512, CANDIDATES = 24;
constexpr uint32_t ORDERED_BUCKET = 272, ORDERED_PAIR = 288;
constexpr uint32_t TABLE_ENTRIES = BUCKETS * CAPACITY;
constexpr uint32_t PER_THREAD = (CAPACITY + THREADS - 1) / THREADS;
/// Right rows that a left row may look at: those from 119 on are the first again.
constexpr uint32_t EXTENDED_ROWS = ROWS + TARGETS - 1;

/// The bounds above which a record goes to the processor; lower than the memory's only in tests.
struct Limits {
    uint32_t bucket;
    uint32_t pair;
};

__device__ __forceinline__ uint32_t bucketOf(uint32_t y) { return __umulhi(y, 72752705u) >> 8; }
__device__ __forceinline__ uint32_t rowOf(uint32_t remainder) { return remainder * 33027u >> 22; }

__device__ __forceinline__ uint32_t least(uint32_t a, uint32_t b) { return a < b ? a : b; }

// ---- table 1

__device__ __forceinline__ void quarter(uint32_t &a, uint32_t &b, uint32_t &c, uint32_t &d) {
    a += b, d = rotatedLeft(d ^ a, 16);
    c += d, b = rotatedLeft(b ^ c, 12);
    a += b, d = rotatedLeft(d ^ a, 8);
    c += d, b = rotatedLeft(b ^ c, 7);
}

/// One block of ChaCha with 8 rounds and a nonce of zeros, as big-endian words.
__device__ __forceinline__ void keystream(const uint32_t *seed, uint32_t counter, uint32_t *out) {
    const uint32_t start[16] = {0x61707865u, 0x3320646eu, 0x79622d32u, 0x6b206574u, seed[0], seed[1], seed[2], seed[3],
                                seed[4],     seed[5],     seed[6],     seed[7],     counter, 0,       0,       0};
    uint32_t v[16];
    UNROLLED for (int i = 0; i < 16; i++) v[i] = start[i];
    UNROLLED for (int round = 0; round < 4; round++) {
        quarter(v[0], v[4], v[8], v[12]), quarter(v[1], v[5], v[9], v[13]);
        quarter(v[2], v[6], v[10], v[14]), quarter(v[3], v[7], v[11], v[15]);
        quarter(v[0], v[5], v[10], v[15]), quarter(v[1], v[6], v[11], v[12]);
        quarter(v[2], v[7], v[8], v[13]), quarter(v[3], v[4], v[9], v[14]);
    }
    UNROLLED for (int i = 0; i < 16; i++) out[i] = swapped(v[i] + start[i]);
}

/// 160 blocks of keystream are 4096 values of x. keys: null for V1.
__device__ __forceinline__ void first(
    const uint32_t *seed, uint4 *entries, uint32_t *keys, uint32_t *counts, Limits limits, uint32_t *status) {
    __shared__ uint32_t stream[FIRST_THREADS * 16 + 1];
    keystream(seed, blockIdx.x * FIRST_THREADS + threadIdx.x, stream + threadIdx.x * 16);
    if (threadIdx.x == 0) stream[FIRST_THREADS * 16] = 0;
    __syncthreads();
    for (uint32_t i = threadIdx.x; i < 4096; i += FIRST_THREADS) {
        uint32_t bit = i * 20, word = bit >> 5, x = blockIdx.x * 4096 + i;
        uint64_t two = (uint64_t)stream[word] << 32 | stream[word + 1];
        uint32_t y = ((uint32_t)(two >> (44 - (bit & 31))) & 0xFFFFF) << 6 | x >> 14;
        uint32_t bucket = bucketOf(y), offset = atomicAdd(counts + bucket, 1);
        if (offset >= limits.bucket) {
            atomicOr(status, BUCKET_FULL);
        } else {
            entries[bucket * CAPACITY + offset] = make_uint4(x, (y - bucket * BC) << 16, 0, x);
            if (keys) keys[bucket * CAPACITY + offset] = x;
        }
    }
}

// ---- f2 to f7

/// Length in bytes of a table's input.
__device__ __forceinline__ constexpr uint32_t inputLength(int t) {
    return t == 2 ? 9 : t == 3 || t == 7 ? 14 : t == 6 ? 19 : 24;
}

/// f of table t on y(L) and the metadata of both: y of the result, and in entry its metadata and, in the upper half of y, nothing.
__device__ __forceinline__ uint32_t f(int t, uint32_t y, const uint4 &l, const uint4 &r, uint4 &entry) {
    uint32_t w[6] = {0, 0, 0, 0, 0, 0};
    if (t == 2) {
        w[0] = y << 6 | l.w >> 14;
        w[1] = l.w << 18 | r.w >> 2;
        w[2] = r.w << 30;
    } else if (t == 3 || t == 7) {
        w[0] = y << 6 | l.z >> 2;
        w[1] = l.z << 30 | l.w >> 2;
        w[2] = l.w << 30 | r.z << 22 | r.w >> 10;
        w[3] = r.w << 22;
    } else if (t == 6) {
        w[0] = y << 6 | l.z >> 22;
        w[1] = l.z << 10 | l.w >> 22;
        w[2] = l.w << 10 | r.z >> 18;
        w[3] = r.z << 14 | r.w >> 18;
        w[4] = r.w << 14;
    } else {
        uint32_t lh = l.y & 0xFFFF, rh = r.y & 0xFFFF;
        w[0] = y << 6 | lh >> 10;
        w[1] = lh << 22 | l.z >> 10;
        w[2] = l.z << 22 | l.w >> 10;
        w[3] = l.w << 22 | rh << 6 | r.z >> 26;
        w[4] = r.z << 6 | r.w >> 26;
        w[5] = r.w << 6;
    }
    uint32_t m[16], chaining[8], h[8];
    UNROLLED for (int i = 0; i < 16; i++) m[i] = i < 6 ? swapped(w[i]) : 0;
    blake3::start(chaining);
    blake3::compress(chaining, m, inputLength(t), blake3::ONLY_BLOCK, h);
    UNROLLED for (int i = 0; i < 4; i++) h[i] = swapped(h[i]);
    entry.y = entry.z = entry.w = 0;
    if (t == 2) {
        entry.z = l.w >> 12;
        entry.w = l.w << 20 | r.w;
    } else if (t == 3) {
        entry.y = (l.z << 8 | l.w >> 24) & 0xFFFF;
        entry.z = l.w << 8 | r.z;
        entry.w = r.w;
    } else if (t == 4) {
        entry.y = (h[0] & 63) << 10 | h[1] >> 22;
        entry.z = h[1] << 10 | h[2] >> 22;
        entry.w = h[2] << 10 | h[3] >> 22;
    } else if (t == 5) {
        entry.z = (h[0] & 63) << 22 | h[1] >> 10;
        entry.w = h[1] << 22 | h[2] >> 10;
    } else if (t == 6) {
        entry.z = (h[0] & 63) << 2 | h[1] >> 30;
        entry.w = h[1] << 2 | h[2] >> 30;
    }
    return h[0] >> 6;
}

// ---- matches of a pair of buckets

/// One bucket of a pair: its entries by row, and for V2 what ranks them.
template <bool ORDERED>
struct Side {
    static constexpr uint32_t RANKED = ORDERED ? CAPACITY : 1;
    uint32_t size[128];          ///< entries of a row
    uint32_t start[128];         ///< where a row's entries begin in list
    uint16_t list[CAPACITY];     ///< offset << 7 | column
    uint32_t key[RANKED];        ///< by place in memory
    uint16_t remainder[RANKED];  ///< likewise
    uint16_t raw[RANKED];        ///< by offset: the place in memory
    uint8_t second[RANKED];      ///< by offset: earlier entries of the same remainder
};

/// What a block keeps of a pair. The right map's rows 119 to 181 are rows 0 to 62 again, so no row number wraps.
template <bool ORDERED>
struct Shared {
    Side<ORDERED> left, right;
    alignas(16) uint32_t leftMap[ROWS * 4];  ///< of each row, which of 127 columns occur
    alignas(16) uint32_t rightMap[EXTENDED_ROWS * 4];
    uint32_t matches[MATCHES];                   ///< left offset << 9 | right offset
    uint16_t order[ORDERED ? MATCHES : 1];       ///< place in the walk: left offset, m, first or second
    uint32_t matchCount;
};

/// An entry of a side, between its look-up and its place in the list.
struct Placing {
    bool used;
    uint32_t offset, row, column, rank;
};

template <bool ORDERED>
__device__ __forceinline__ Placing enter(Side<ORDERED> &side, uint32_t *map, bool extended, uint32_t offset, uint32_t remainder) {
    Placing p;
    p.used = true;
    p.offset = offset;
    p.row = rowOf(remainder);
    p.column = remainder - p.row * COLUMNS;
    p.rank = atomicAdd(side.size + p.row, 1);
    uint32_t bit = 1u << (p.column & 31);
    atomicOr(map + p.row * 4 + (p.column >> 5), bit);
    if (extended && p.row < TARGETS - 1) atomicOr(map + (p.row + ROWS) * 4 + (p.column >> 5), bit);
    return p;
}

template <bool ORDERED>
__device__ __forceinline__ void place(Side<ORDERED> &side, const Placing &p) {
    if (p.used) side.list[side.start[p.row] + p.rank] = (uint16_t)(p.offset << 7 | p.column);
}

/// Exclusive prefix sums of a side's row sizes, by one warp.
template <bool ORDERED>
__device__ __forceinline__ void startRows(Side<ORDERED> &side, uint32_t lane) {
    uint32_t part[4], sum = 0;
    UNROLLED for (int i = 0; i < 4; i++) {
        part[i] = sum;
        sum += side.size[lane * 4 + i];
    }
    uint32_t total = sum;
    UNROLLED for (int d = 1; d < 32; d <<= 1) {
        uint32_t below = __shfl_up_sync(0xFFFFFFFFu, total, d);
        if (lane >= (uint32_t)d) total += below;
    }
    UNROLLED for (int i = 0; i < 4; i++) side.start[lane * 4 + i] = total - sum + part[i];
}

/// V2: the entry's rank by position, and whether it counts: it is among the first 272, and at most one of its remainder is before it.
__device__ __forceinline__ bool ranked(Side<true> &side, uint32_t raw, uint32_t n, bool right, uint32_t &offset) {
    uint32_t key = side.key[raw], remainder = side.remainder[raw], before = 0, equal = 0;
    for (uint32_t k = 0; k < n; k++) {
        bool earlier = side.key[k] < key;
        before += earlier;
        equal += earlier && side.remainder[k] == remainder;
    }
    offset = before;
    if (before >= ORDERED_BUCKET) return false;
    side.raw[before] = (uint16_t)raw;
    side.second[before] = (uint8_t)equal;
    return !right || equal < 2;
}

/// The square that column and row of a match add up to, modulo 127.
__device__ __forceinline__ constexpr uint32_t columnStep(uint32_t m, uint32_t parity) {
    return (2 * m + parity) * (2 * m + parity) % COLUMNS;
}

/// For one row of lefts: which of 32 values of m have a match. A row's map twice in a row (d) turns rotation by the column step into a shift by
/// a constant.
template <uint32_t PARITY, uint32_t FROM>
__device__ __forceinline__ uint32_t matchingRows(const uint32_t d[8], const uint32_t *rightRows) {
    uint32_t found = 0;
    UNROLLED for (uint32_t i = 0; i < 32; i++) {
        const uint32_t shift = COLUMNS - columnStep(FROM + i, PARITY), word = shift >> 5;
        const uint4 right = *(const uint4 *)(rightRows + i * 4);
        uint32_t hit = __funnelshift_r(d[word], d[word + 1], shift & 31) & right.x;
        hit |= __funnelshift_r(d[word + 1], d[word + 2], shift & 31) & right.y;
        hit |= __funnelshift_r(d[word + 2], d[word + 3], shift & 31) & right.z;
        hit |= __funnelshift_r(d[word + 3], d[word + 4], shift & 31) & right.w;
        found |= hit ? 1u << i : 0;
    }
    return found;
}

/// All matches of a left row's entries with the right row that lies m after it.
template <bool ORDERED>
__device__ __forceinline__ void expand(Shared<ORDERED> &s, uint32_t row, uint32_t m, uint32_t parity) {
    uint32_t step = columnStep(m, parity), rightRow = row + m >= ROWS ? row + m - ROWS : row + m;
    uint32_t leftFrom = s.left.start[row], leftTo = leftFrom + s.left.size[row];
    uint32_t rightFrom = s.right.start[rightRow], rightTo = rightFrom + s.right.size[rightRow];
    for (uint32_t a = leftFrom; a < leftTo; a++) {
        uint32_t left = s.left.list[a], target = (left & 127) + step;
        target = target >= COLUMNS ? target - COLUMNS : target;
        for (uint32_t b = rightFrom; b < rightTo; b++) {
            uint32_t right = s.right.list[b];
            if ((right & 127) != target) continue;
            uint32_t slot = atomicAdd(&s.matchCount, 1);
            if (slot < MATCHES) {
                s.matches[slot] = (left >> 7) << 9 | right >> 7;
                if (ORDERED) s.order[slot] = (uint16_t)((left >> 7) << 7 | m << 1 | s.right.second[right >> 7]);
            }
        }
    }
}

/// The tables that a kernel of one table reads and writes.
struct Step {
    const uint4 *from;
    const uint32_t *fromKeys;
    const uint32_t *fromCounts;
    uint4 *to;             ///< of table 7: nothing
    uint32_t *toKeys;
    uint32_t *toCounts;    ///< of table 7: candidates of each s-bucket
    uint2 *candidates;     ///< table 7 only: what decides, and the parents
    uint32_t *parents;     ///< receives those of the entries that are read
    uint16_t *remainders;  ///< likewise; V1 only
};

/// One side's entries into rows; the right bucket's parents are kept for the proofs (of bucket 0, which is never right, by the first block).
template <bool ORDERED>
__device__ __forceinline__ void load(
    const Step &t, Side<ORDERED> &side, uint32_t *map, bool right, uint32_t bucket, uint32_t n, Placing placings[PER_THREAD]) {
    const uint32_t base = bucket * CAPACITY;
    const bool keep = right || bucket == 0;
    UNROLLED for (uint32_t i = 0; i < PER_THREAD; i++) {
        uint32_t raw = threadIdx.x + i * THREADS, offset = raw;
        placings[i].used = false;
        if (raw >= n) continue;
        uint4 entry = t.from[base + raw];
        uint32_t remainder = entry.y >> 16;
        bool counts = true;
        if constexpr (ORDERED) counts = ranked(side, raw, n, right, offset);
        if (keep && (!ORDERED || offset < ORDERED_BUCKET)) {
            t.parents[base + offset] = entry.x;
            if (!ORDERED) t.remainders[base + offset] = (uint16_t)remainder;
        }
        if (counts) placings[i] = enter(side, map, right, offset, remainder);
    }
}

/// Keys and remainders of a bucket, which ranking goes through.
__device__ __forceinline__ void loadKeys(const Step &t, Side<true> &side, uint32_t bucket, uint32_t n) {
    for (uint32_t raw = threadIdx.x; raw < n; raw += THREADS) {
        side.key[raw] = t.fromKeys[bucket * CAPACITY + raw];
        side.remainder[raw] = (uint16_t)(t.from[bucket * CAPACITY + raw].y >> 16);
    }
}

/// An entry of a table out of a match.
template <bool ORDERED>
__device__ __forceinline__ void emit(
    int table, const Step &t, const Shared<ORDERED> &s, uint32_t bucket, uint32_t match, uint32_t rank, Limits limits, uint32_t *status) {
    uint32_t left = match >> 9, right = match & 511;
    const uint4 l = t.from[bucket * CAPACITY + (ORDERED ? s.left.raw[left] : left)];
    const uint4 r = t.from[(bucket + 1) * CAPACITY + (ORDERED ? s.right.raw[right] : right)];
    uint4 entry;
    uint32_t y = f(table, bucket * BC + (l.y >> 16), l, r, entry);
    uint32_t position = bucket * ORDERED_PAIR + rank;
    entry.x = bucket << 18 | match;
    if (table < 7) {
        uint32_t target = bucketOf(y), offset = atomicAdd(t.toCounts + target, 1);
        if (offset >= limits.bucket) {
            atomicOr(status, BUCKET_FULL);
            return;
        }
        entry.y |= (y - target * BC) << 16;
        t.to[target * CAPACITY + offset] = entry;
        if (ORDERED) t.toKeys[target * CAPACITY + offset] = position;
    } else if ((y & 0x3C0) == 0) {
        uint32_t k = y >> 10, sBucket = k >> 8 | (k & 255) << 8, slot = atomicAdd(t.toCounts + sBucket, 1);
        if (slot >= CANDIDATES) {
            atomicOr(status, CANDIDATES_FULL);
            return;
        }
        t.candidates[sBucket * CANDIDATES + slot] = make_uint2(ORDERED ? position : y & 63, entry.x);
    }
}

/// All entries of a table whose left parents are in the block's bucket.
template <bool ORDERED>
__device__ __forceinline__ void pair(int table, const Step &t, Limits limits, uint32_t *status) {
    __shared__ Shared<ORDERED> s;
    const uint32_t tid = threadIdx.x, bucket = blockIdx.x, parity = bucket & 1;
    // Counters go on where a bucket is full.
    const uint32_t leftCount = least(t.fromCounts[bucket], limits.bucket), rightCount = least(t.fromCounts[bucket + 1], limits.bucket);
    for (uint32_t i = tid; i < 128; i += THREADS) s.left.size[i] = s.right.size[i] = 0;
    for (uint32_t i = tid; i < ROWS * 4; i += THREADS) s.leftMap[i] = 0;
    for (uint32_t i = tid; i < EXTENDED_ROWS * 4; i += THREADS) s.rightMap[i] = 0;
    if (tid == 0) s.matchCount = 0;
    if constexpr (ORDERED) {
        loadKeys(t, s.left, bucket, leftCount);
        loadKeys(t, s.right, bucket + 1, rightCount);
    }
    __syncthreads();
    Placing lefts[PER_THREAD], rights[PER_THREAD];
    load<ORDERED>(t, s.left, s.leftMap, false, bucket, leftCount, lefts);
    load<ORDERED>(t, s.right, s.rightMap, true, bucket + 1, rightCount, rights);
    __syncthreads();
    if (tid < 32) startRows(s.left, tid);
    else if (tid < 64) startRows(s.right, tid - 32);
    __syncthreads();
    UNROLLED for (uint32_t i = 0; i < PER_THREAD; i++) {
        place(s.left, lefts[i]);
        place(s.right, rights[i]);
    }
    __syncthreads();
    // 128 threads for m below 32 and 128 for the others, one row of lefts each.
    const uint32_t row = tid & 127, from = tid >> 7 << 5;
    if (row < ROWS && s.left.size[row] != 0) {
        const uint4 map = *(const uint4 *)(s.leftMap + row * 4);
        const uint32_t d[8] = {map.x,
                               map.y,
                               map.z,
                               map.w | map.x << 31,
                               __funnelshift_r(map.x, map.y, 1),
                               __funnelshift_r(map.y, map.z, 1),
                               __funnelshift_r(map.z, map.w, 1),
                               map.w >> 1};
        const uint32_t *rows = s.rightMap + (row + from) * 4;
        uint32_t found = parity ? (from ? matchingRows<1, 32>(d, rows) : matchingRows<1, 0>(d, rows))
                                : (from ? matchingRows<0, 32>(d, rows) : matchingRows<0, 0>(d, rows));
        for (; found; found &= found - 1) expand<ORDERED>(s, row, from + (uint32_t)__ffs((int)found) - 1, parity);
    }
    __syncthreads();
    const uint32_t matchCount = least(s.matchCount, MATCHES);
    if (tid == 0 && s.matchCount > limits.pair) atomicOr(status, PAIR_FULL);
    for (uint32_t k = tid; k < matchCount; k += THREADS) {
        uint32_t rank = 0;
        if (ORDERED) {
            for (uint32_t j = 0; j < matchCount; j++) rank += s.order[j] < s.order[k];
            if (rank >= ORDERED_PAIR) continue;
        }
        emit<ORDERED>(table, t, s, bucket, s.matches[k], rank, limits, status);
    }
}
}  // namespace tables
