// BLAKE3 of one chunk, in registers. Constant words fold away: every caller passes what it knows at compile time.
#pragma once
#include "platform.cuh"

namespace blake3 {
enum Flags : uint32_t { CHUNK_START = 1, CHUNK_END = 2, ROOT = 8, ONLY_BLOCK = 11 };

__device__ __forceinline__ void mix(uint32_t &a, uint32_t &b, uint32_t &c, uint32_t &d, uint32_t x, uint32_t y) {
    a = a + b + x;
    d = rotatedRight(d ^ a, 16);
    c = c + d;
    b = rotatedRight(b ^ c, 12);
    a = a + b + y;
    d = rotatedRight(d ^ a, 8);
    c = c + d;
    b = rotatedRight(b ^ c, 7);
}

#define BLAKE3_ROUND(m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15) \
    mix(v[0], v[4], v[8], v[12], m[m0], m[m1]);                                            \
    mix(v[1], v[5], v[9], v[13], m[m2], m[m3]);                                            \
    mix(v[2], v[6], v[10], v[14], m[m4], m[m5]);                                           \
    mix(v[3], v[7], v[11], v[15], m[m6], m[m7]);                                           \
    mix(v[0], v[5], v[10], v[15], m[m8], m[m9]);                                           \
    mix(v[1], v[6], v[11], v[12], m[m10], m[m11]);                                         \
    mix(v[2], v[7], v[8], v[13], m[m12], m[m13]);                                          \
    mix(v[3], v[4], v[9], v[14], m[m14], m[m15]);

/// The first 8 words of the output of a compression; v is the state's upper part on entry to the rounds.
__device__ __forceinline__ void compress(
    const uint32_t chaining[8], const uint32_t m[16], uint32_t length, uint32_t flags, uint32_t out[8]) {
    uint32_t v[16] = {chaining[0], chaining[1], chaining[2], chaining[3], chaining[4], chaining[5],
                      chaining[6], chaining[7], 0x6A09E667u, 0xBB67AE85u, 0x3C6EF372u, 0xA54FF53Au,
                      0,           0,           length,      flags};
    BLAKE3_ROUND(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    BLAKE3_ROUND(2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8)
    BLAKE3_ROUND(3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1)
    BLAKE3_ROUND(10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6)
    BLAKE3_ROUND(12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4)
    BLAKE3_ROUND(9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7)
    BLAKE3_ROUND(11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13)
    UNROLLED for (int i = 0; i < 8; i++) out[i] = v[i] ^ v[i + 8];
}

__device__ __forceinline__ void start(uint32_t chaining[8]) {
    const uint32_t iv[8] = {0x6A09E667u, 0xBB67AE85u, 0x3C6EF372u, 0xA54FF53Au,
                            0x510E527Fu, 0x9B05688Cu, 0x1F83D9ABu, 0x5BE0CD19u};
    UNROLLED for (int i = 0; i < 8; i++) chaining[i] = iv[i];
}
}  // namespace blake3
