// What the kernels need of their compiler. nvcc brings it; for g++ the test tree's host_threads.h stands in (docs/decisions/0011).
#pragma once
#include <stdint.h>

#if defined(__CUDACC__)
#define UNROLLED _Pragma("unroll")
#define NOT_INLINED __noinline__
#define KERNEL(threads) extern "C" __global__ void __launch_bounds__(threads)
#else
#include "host_threads.h"
#define UNROLLED _Pragma("GCC unroll 64")
#define NOT_INLINED __attribute__((noinline))
#define KERNEL(threads) extern "C" void
#endif

/// Byte order of a word: the network's bit strings are big-endian, the hash's words little-endian.
__device__ __forceinline__ uint32_t swapped(uint32_t v) {
#if defined(__CUDACC__)
    return __byte_perm(v, 0, 0x0123);
#else
    return __builtin_bswap32(v);
#endif
}

__device__ __forceinline__ uint32_t rotatedLeft(uint32_t v, int n) { return __funnelshift_l(v, v, n); }
__device__ __forceinline__ uint32_t rotatedRight(uint32_t v, int n) { return __funnelshift_r(v, v, n); }

/// Bits of a record's status word; anything but zero and the record is done again on the processor.
enum Status : uint32_t {
    BUCKET_FULL = 1,      ///< a bucket got more entries than its limit
    PAIR_FULL = 2,        ///< a pair of buckets has more matches than its limit
    CANDIDATES_FULL = 4,  ///< an s-bucket got more candidates than its slots
    NOT_A_SCALAR = 8,     ///< a source chunk is not below the field's modulus
};
