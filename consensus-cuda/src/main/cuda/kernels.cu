// The kernels as the host code knows them: plain pointers and numbers. GpuKernels.java names them and their blocks.
#include "curve.cuh"
#include "field.cuh"
#include "proofs.cuh"
#include "transforms.cuh"

KERNEL(160) table_first(const uint32_t *seed, uint4 *entries, uint32_t *keys, uint32_t *counts, uint32_t bucketLimit, uint32_t *status) {
    tables::first(seed, entries, keys, counts, tables::Limits{bucketLimit, 0}, status);
}

// Tables 2 to 7; of table 7, `to` is the candidates. V1, which plots, has a kernel per table; V2 one for all.
#define PARAMETERS                                                                                                            \
    const uint4 *from, const uint32_t *fromKeys, const uint32_t *fromCounts, uint4 *to, uint32_t *toKeys, uint32_t *toCounts, \
        uint32_t *parents, uint16_t *remainders, uint32_t bucketLimit, uint32_t pairLimit, uint32_t *status
#define STEP tables::Step{from, fromKeys, fromCounts, to, toKeys, toCounts, (uint2 *)to, parents, remainders}

KERNEL(256) table_v1_2(PARAMETERS) { tables::pair<false>(2, STEP, tables::Limits{bucketLimit, pairLimit}, status); }
KERNEL(256) table_v1_3(PARAMETERS) { tables::pair<false>(3, STEP, tables::Limits{bucketLimit, pairLimit}, status); }
KERNEL(256) table_v1_4(PARAMETERS) { tables::pair<false>(4, STEP, tables::Limits{bucketLimit, pairLimit}, status); }
KERNEL(256) table_v1_5(PARAMETERS) { tables::pair<false>(5, STEP, tables::Limits{bucketLimit, pairLimit}, status); }
KERNEL(256) table_v1_6(PARAMETERS) { tables::pair<false>(6, STEP, tables::Limits{bucketLimit, pairLimit}, status); }
KERNEL(256) table_v1_7(PARAMETERS) { tables::pair<false>(7, STEP, tables::Limits{bucketLimit, pairLimit}, status); }
KERNEL(256) table_v2(PARAMETERS, uint32_t table) {
    tables::pair<true>((int)table, STEP, tables::Limits{bucketLimit, pairLimit}, status);
}

KERNEL(256) select_v1(const uint2 *candidates, const uint32_t *counts, const uint32_t *parents, const uint16_t *remainders, uint32_t *roots,
                      uint32_t *found) {
    proofs::select<false>(candidates, counts, proofs::Ancestors{parents, remainders}, roots, found);
}

KERNEL(256) select_v2(const uint2 *candidates, const uint32_t *counts, const uint32_t *parents, const uint16_t *remainders, uint32_t *roots,
                      uint32_t *found) {
    proofs::select<true>(candidates, counts, proofs::Ancestors{parents, remainders}, roots, found);
}

KERNEL(1024) rank_found(const uint32_t *found, uint32_t keep, uint32_t fill, uint32_t *kept, uint32_t *order, uint32_t *total) {
    proofs::rank(found, keep, fill, kept, order, total);
}

KERNEL(128) encode_chunks(const uint32_t *order, const uint32_t *total, const uint32_t *roots, const uint32_t *parents,
                          const uint32_t *source, const uint32_t *parity, uint32_t *out) {
    proofs::encode(order, total, roots, proofs::Ancestors{parents, nullptr}, source, parity, out);
}

KERNEL(128) reveal_proofs(const uint32_t *order, const uint32_t *total, const uint32_t *roots, const uint32_t *parents, uint32_t *proofBytes,
                          uint32_t *hashes) {
    proofs::reveal(order, total, roots, proofs::Ancestors{parents, nullptr}, proofBytes, hashes);
}

KERNEL(128) find_v1(const uint32_t *sBucket, const uint2 *candidates, const uint32_t *counts, const uint32_t *parents,
                    const uint16_t *remainders, uint32_t keep, uint32_t *answer) {
    proofs::single<false>(sBucket, candidates, counts, proofs::Ancestors{parents, remainders}, keep, answer);
}

KERNEL(128) find_v2(const uint32_t *sBucket, const uint2 *candidates, const uint32_t *counts, const uint32_t *parents,
                    const uint16_t *remainders, uint32_t keep, uint32_t *answer) {
    proofs::single<true>(sBucket, candidates, counts, proofs::Ancestors{parents, remainders}, keep, answer);
}

KERNEL(128) extend_first(const uint32_t *record, const uint32_t *inverseRoots, uint32_t *work, uint32_t *status) {
    field::takeApart(record, inverseRoots, work, status);
}

KERNEL(64) extend_middle(uint32_t *work, const uint32_t *inverseRoots, const uint32_t *shifts, const uint32_t *roots) {
    field::shift(work, inverseRoots, shifts, roots);
}

KERNEL(128) extend_last(const uint32_t *work, const uint32_t *roots, uint32_t *parity) { field::putTogether(work, roots, parity); }

KERNEL(128) point_multiples(curve::Affine *table, uint32_t points) { curve::multiples(table, points); }

KERNEL(128) digit_count(const uint8_t *scalars, uint32_t n, uint32_t *counts) { curve::count(scalars, n, counts); }

KERNEL(32) digit_begin(const uint32_t *counts, uint32_t *starts, uint32_t *cursors) { curve::begin(counts, starts, cursors); }

KERNEL(128) digit_distribute(const uint8_t *scalars, uint32_t n, uint32_t points, uint32_t *cursors, uint32_t *list) {
    curve::distribute(scalars, n, points, cursors, list);
}

KERNEL(128) bucket_sums(const curve::Affine *table, uint32_t points, const uint32_t *starts, const uint32_t *list, curve::Point *buckets) {
    curve::accumulate(table, points, starts, list, buckets);
}

KERNEL(128) bucket_total(const curve::Point *buckets, curve::Point *result) { curve::finish(buckets, result); }

KERNEL(128) transform_down(uint32_t *data, const uint32_t *roots, uint32_t low, uint32_t layers) {
    transforms::pass<true>(data, roots, low, layers);
}

KERNEL(128) transform_up(uint32_t *data, const uint32_t *roots, uint32_t low, uint32_t layers) {
    transforms::pass<false>(data, roots, low, layers);
}

KERNEL(128) scalars_in(const uint32_t *bytes, uint32_t n, uint32_t *data, uint32_t *status) { transforms::read(bytes, n, data, status); }

KERNEL(128) scalars_out(const uint32_t *data, uint32_t n, uint32_t log, const uint32_t *constant, uint32_t *bytes) {
    transforms::write(data, n, log, constant, bytes);
}

KERNEL(128) shift_to_odd(uint32_t *data, uint32_t n, uint32_t log, const uint32_t *roots, const uint32_t *constant) {
    transforms::shift(data, n, log, roots, constant);
}

KERNEL(256) vanishing_leaves(const uint32_t *shards, uint32_t logPoints, const uint32_t *roots, uint32_t *polynomials) {
    transforms::leaves(shards, logPoints, roots, polynomials);
}

KERNEL(128) vanishing_pad(const uint32_t *polynomials, uint32_t log, uint32_t n, uint32_t *padded) {
    transforms::pad(polynomials, log, n, padded);
}

KERNEL(128) multiply_pairs(const uint32_t *values, uint32_t log, uint32_t n, const uint32_t *constant, uint32_t *products) {
    transforms::multiply(values, log, n, constant, products);
}

KERNEL(128) vanishing_join(const uint32_t *polynomials, uint32_t log, uint32_t n, uint32_t *products) {
    transforms::addLeading(polynomials, log, n, products);
}

KERNEL(128) recover_derive(const uint32_t *vanishing, uint32_t n, const uint32_t *constants, uint32_t *both) {
    transforms::derive(vanishing, n, constants, both);
}

KERNEL(128) recover_weigh(const uint32_t *shards, const uint32_t *used, uint32_t n, uint32_t logPoints, const uint32_t *derivative,
                          const uint32_t *constants, uint32_t *weights) {
    transforms::weigh(shards, used, n, logPoints, derivative, constants, weights);
}

KERNEL(128) recover_series(const uint32_t *sums, uint32_t n, uint32_t *padded) { transforms::series(sums, n, padded); }
