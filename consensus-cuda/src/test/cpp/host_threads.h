// CUDA's threads on the host: a block is as many fibers as it has threads, run by one thread of the system. Stands in for the parts of CUDA C++
// that the kernels use. Shared memory is plain static memory, because the stand-in driver runs one kernel at a time. What this cannot show: races
// between warps, the memory model, time.
#pragma once
#include <stdint.h>

#define __device__
#define __global__
#define __shared__ static
#define __forceinline__ inline __attribute__((always_inline))

struct alignas(8) uint2 {
    uint32_t x, y;
};
struct alignas(16) uint4 {
    uint32_t x, y, z, w;
};
static inline uint2 make_uint2(uint32_t x, uint32_t y) { return uint2{x, y}; }
static inline uint4 make_uint4(uint32_t x, uint32_t y, uint32_t z, uint32_t w) { return uint4{x, y, z, w}; }

namespace host {
struct Index {
    uint32_t x, y, z;
};
extern Index threadIdx, blockIdx, blockDim, gridDim;

/// Waits for all threads of the block that have not ended.
void barrier();

/// Gives each lane of a warp the value that the lane `from` brought; all lanes take part.
uint32_t exchange(uint32_t value, uint32_t from);

/// One bit per lane of a warp; all lanes take part.
uint32_t ballot(bool vote);

extern "C" typedef void (*Call)(void **arguments);

/// Runs all blocks of a grid. False: some threads of a block waited at a barrier that others never reach.
bool run(Call call, void **arguments, Index grid, Index block);
}  // namespace host

using host::blockDim;
using host::blockIdx;
using host::gridDim;
using host::threadIdx;

static inline void __syncthreads() { host::barrier(); }
static inline uint32_t __shfl_up_sync(uint32_t, uint32_t value, uint32_t d) {
    uint32_t lane = threadIdx.x & 31;
    return host::exchange(value, lane >= d ? lane - d : lane);
}
static inline uint32_t __ballot_sync(uint32_t, bool vote) { return host::ballot(vote); }
static inline uint32_t atomicAdd(uint32_t *p, uint32_t v) {
    uint32_t old = *p;
    *p = old + v;
    return old;
}
static inline uint32_t atomicOr(uint32_t *p, uint32_t v) {
    uint32_t old = *p;
    *p = old | v;
    return old;
}
static inline uint32_t __umulhi(uint32_t a, uint32_t b) { return (uint32_t)((uint64_t)a * b >> 32); }
static inline int __popc(uint32_t v) { return __builtin_popcount(v); }
static inline uint32_t __brev(uint32_t v) {
    v = (v >> 1 & 0x55555555u) | (v & 0x55555555u) << 1;
    v = (v >> 2 & 0x33333333u) | (v & 0x33333333u) << 2;
    v = (v >> 4 & 0x0F0F0F0Fu) | (v & 0x0F0F0F0Fu) << 4;
    return __builtin_bswap32(v);
}
static inline int __ffs(int v) { return __builtin_ffs(v); }
static inline uint32_t __funnelshift_l(uint32_t low, uint32_t high, uint32_t n) {
    return (uint32_t)(((uint64_t)high << 32 | low) << (n & 31) >> 32);
}
static inline uint32_t __funnelshift_r(uint32_t low, uint32_t high, uint32_t n) {
    return (uint32_t)(((uint64_t)high << 32 | low) >> (n & 31));
}
