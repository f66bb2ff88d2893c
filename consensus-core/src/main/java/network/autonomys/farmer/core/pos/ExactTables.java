package network.autonomys.farmer.core.pos;

import static network.autonomys.farmer.core.pos.PosParameters.B;
import static network.autonomys.farmer.core.pos.PosParameters.BC;
import static network.autonomys.farmer.core.pos.PosParameters.BUCKETS;
import static network.autonomys.farmer.core.pos.PosParameters.C;
import static network.autonomys.farmer.core.pos.PosParameters.M;
import static network.autonomys.farmer.core.pos.PosParameters.TABLES;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import network.autonomys.farmer.core.engine.RecordEngine;
import network.autonomys.farmer.core.hash.Blake3;

/**
 * The tables word for word: entries walked in the order of the version's rules, with its limits applied where they apply
 * (proof-of-space §1.6, §2.1). Slow (seconds) and without shortcuts: the oracle of the fast builder, and what it falls back on for the
 * records that it has no room for.
 */
final class ExactTables extends CanonicalProofs {
    /**
     * The rules of a version.
     *
     * @param bucketEntries entries that a bucket keeps, the first by position
     * @param pairMatches matches that a pair keeps, the first of the walk
     * @param equalRight right entries with one r that count, the first of the bucket's order
     * @param sorted whether buckets are in order of (y, position) and targets ascending; otherwise order of position, and of m
     */
    record Rules(int bucketEntries, int pairMatches, int equalRight, boolean sorted) {
        static Rules of(PosVersion version) {
            return switch (version) {
                case V1 -> new Rules(512, 512, Integer.MAX_VALUE, true);
                case V2 -> new Rules(272, 288, 2, false);
            };
        }
    }

    private final Layer[] layers;

    private ExactTables(int[] roots, Layer[] layers, Runnable release) {
        super(roots, release);
        this.layers = layers;
    }

    static ExactTables build(byte[] seed, PosVersion version, Runnable release) {
        return build(seed, version, Rules.of(version), release);
    }

    static ExactTables build(byte[] seed, PosVersion version, Rules rules, Runnable release) {
        Walk walk = new Walk(rules);
        Layer[] layers = new Layer[TABLES + 1];
        layers[1] = firstLayer(seed);
        for (int table = 2; table <= TABLES; table++) {
            layers[table] = walk.next(table, layers[table - 1]);
            layers[table - 1].dropContent();
        }
        int[] roots = new int[S_BUCKETS];
        Arrays.fill(roots, NONE);
        if (version == PosVersion.V1) {
            selectSmallest(walk, layers[TABLES], roots);
        } else {
            selectFirst(layers[TABLES], roots);
        }
        return new ExactTables(roots, layers, release);
    }

    private static Layer firstLayer(byte[] seed) {
        int[] xs = new int[PosParameters.X_COUNT];
        Arrays.setAll(xs, x -> x);
        Layer layer = new Layer();
        int step = 1 << 14;
        KeystreamReader keystream = new KeystreamReader(new ScalarKernels(), step);
        int[] ys = new int[step];
        for (int from = 0; from < xs.length; from += step) {
            int[] part = Arrays.copyOfRange(xs, from, from + step);
            keystream.f1(seed, part, ys);
            for (int i = 0; i < step; i++) {
                layer.add(ys[i], 0, 0, 0, part[i]);
            }
        }
        return layer;
    }

    private static void selectSmallest(Walk walk, Layer last, int[] roots) {
        for (int[] bucket : walk.buckets(last)) {
            for (int position : bucket) {
                offer(last, position, roots);
            }
        }
    }

    private static void selectFirst(Layer last, int[] roots) {
        for (int position = 0; position < last.size; position++) {
            offer(last, position, roots);
        }
        int found = 0;
        for (int s = 0; s < roots.length; s++) {
            found += roots[s] == NONE ? 0 : 1;
            roots[s] = found > RecordEngine.RECORD_CHUNKS ? NONE : roots[s];
        }
    }

    private static void offer(Layer last, int position, int[] roots) {
        int y = last.y[position];
        if (PosParameters.hasSBucket(y) && roots[PosParameters.sBucketOf(y)] == NONE) {
            roots[PosParameters.sBucketOf(y)] = position;
        }
    }

    /** Entries of a table (2 to 7), as many as were emitted. */
    int tableSize(int table) {
        return layers[table].size;
    }

    @Override
    void writeProof(int root, byte[] proof) {
        PosParameters.packProof(leaves(root), 0, proof);
    }

    private int[] leaves(int root) {
        int[] level = {root};
        for (int table = TABLES; table >= 2; table--) {
            int[] below = new int[2 * level.length];
            for (int i = 0; i < level.length; i++) {
                below[2 * i] = layers[table].left[level[i]];
                below[2 * i + 1] = layers[table].right[level[i]];
            }
            level = below;
        }
        // Positions of table 1 are its x.
        return level;
    }

    @Override
    void hash(int[] roots, int[] sBuckets, int n, MemorySegment target) {
        byte[] proof = new byte[PROOF_BYTES];
        for (int i = 0; i < n; i++) {
            PosParameters.packProof(leaves(roots[sBuckets[i]]), 0, proof);
            MemorySegment.copy(MemorySegment.ofArray(Blake3.hash(proof)), 0, target, 32L * sBuckets[i], 32);
        }
    }

    /** The entries of one table by position: order of emission. */
    private static final class Layer {
        int size;
        int[] y = new int[PosParameters.X_COUNT];
        int[] left = new int[PosParameters.X_COUNT];
        int[] right = new int[PosParameters.X_COUNT];
        long[] high = new long[PosParameters.X_COUNT];
        long[] low = new long[PosParameters.X_COUNT];

        /** Metadata are 80 bits: {@code high} holds those from bit 64 on. */
        void add(int entryY, int leftPosition, int rightPosition, long metadataHigh, long metadataLow) {
            if (size == y.length) {
                grow(size + size / 8);
            }
            y[size] = entryY;
            left[size] = leftPosition;
            right[size] = rightPosition;
            high[size] = metadataHigh;
            low[size] = metadataLow;
            size++;
        }

        private void grow(int room) {
            y = Arrays.copyOf(y, room);
            left = Arrays.copyOf(left, room);
            right = Arrays.copyOf(right, room);
            high = Arrays.copyOf(high, room);
            low = Arrays.copyOf(low, room);
        }

        /** Only the way down to the leaves is needed from now on. */
        void dropContent() {
            y = new int[0];
            high = new long[0];
            low = new long[0];
        }
    }

    /** Goes through the pairs of buckets of a table. */
    private static final class Walk {
        private final Rules rules;
        /** The 64 targets of (parity, r), in the order in which they are looked up. */
        private final short[] targets = new short[2 * BC * M];

        private final Function function = new Function();
        /** Per r the first entry of the right bucket; {@code equal}: from one entry to the next with the same r. -1: none. */
        private final int[] first = new int[BC];

        private int[] equal = new int[0];

        Walk(Rules rules) {
            this.rules = rules;
            for (int p = 0; p < 2; p++) {
                for (int r = 0; r < BC; r++) {
                    int from = (p * BC + r) * M;
                    for (int m = 0; m < M; m++) {
                        int step = 2 * m + p;
                        targets[from + m] = (short) ((r / C + m) % B * C + (step * step + r) % C);
                    }
                    if (rules.sorted()) {
                        Arrays.sort(targets, from, from + M);
                    }
                }
            }
            Arrays.fill(first, -1);
        }

        Layer next(int table, Layer parent) {
            Layer layer = new Layer();
            int[][] buckets = buckets(parent);
            for (int bucket = 0; bucket < BUCKETS - 1; bucket++) {
                pair(table, parent, bucket, buckets[bucket], buckets[bucket + 1], layer);
            }
            return layer;
        }

        /** The positions in each bucket, in the bucket's order. */
        int[][] buckets(Layer layer) {
            int[][] buckets = new int[BUCKETS][rules.bucketEntries()];
            int[] sizes = new int[BUCKETS];
            for (int position = 0; position < layer.size; position++) {
                int bucket = layer.y[position] / BC;
                if (sizes[bucket] < rules.bucketEntries()) {
                    buckets[bucket][sizes[bucket]++] = position;
                }
            }
            for (int bucket = 0; bucket < BUCKETS; bucket++) {
                int[] positions = Arrays.copyOf(buckets[bucket], sizes[bucket]);
                buckets[bucket] = rules.sorted() ? sortedByY(layer, positions) : positions;
            }
            return buckets;
        }

        private static int[] sortedByY(Layer layer, int[] positions) {
            long[] keys = new long[positions.length];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = ((long) layer.y[positions[i]] << 32) | positions[i];
            }
            Arrays.sort(keys);
            for (int i = 0; i < keys.length; i++) {
                positions[i] = (int) keys[i];
            }
            return positions;
        }

        private void pair(int table, Layer parent, int bucket, int[] lefts, int[] rights, Layer layer) {
            int base = (bucket + 1) * BC;
            equal = new int[rights.length];
            for (int i = rights.length - 1; i >= 0; i--) {
                int r = parent.y[rights[i]] - base;
                equal[i] = first[r];
                first[r] = i;
            }
            int end = layer.size + rules.pairMatches();
            for (int left : lefts) {
                if (layer.size >= end) {
                    break;
                }
                int from = ((bucket & 1) * BC + parent.y[left] - bucket * BC) * M;
                for (int m = 0; m < M; m++) {
                    emit(table, parent, left, rights, first[targets[from + m]], layer, end);
                }
            }
            for (int right : rights) {
                first[parent.y[right] - base] = -1;
            }
        }

        private void emit(int table, Layer parent, int left, int[] rights, int firstEqual, Layer layer, int end) {
            int taken = 0;
            for (int i = firstEqual; i >= 0 && taken < rules.equalRight() && layer.size < end; i = equal[i]) {
                int right = rights[i];
                function.apply(table, parent, left, right);
                layer.add(function.y, left, right, function.high, function.low);
                taken++;
            }
        }
    }

    /** f2 to f7 on bit strings (proof-of-space §1.4). */
    private static final class Function {
        private final byte[] input = new byte[32];
        private final byte[] hash = new byte[32];
        private int bits;
        int y;
        long high;
        long low;

        void apply(int table, Layer parent, int left, int right) {
            int size = PosParameters.metadataBits(table - 1);
            Arrays.fill(input, (byte) 0);
            bits = 0;
            put(parent.y[left], 26);
            putMetadata(parent.high[left], parent.low[left], size);
            putMetadata(parent.high[right], parent.low[right], size);
            Blake3.hash(input, 0, (bits + 7) / 8, hash, 0);
            y = (int) get(0, 26);
            int metadata = PosParameters.metadataBits(table);
            if (table < 4) {
                high = size == 40 ? parent.low[left] >>> 24 : 0;
                low = (parent.low[left] << size) | parent.low[right];
            } else {
                high = metadata > 64 ? get(26, metadata - 64) : 0;
                low = metadata > 64 ? get(26 + metadata - 64, 64) : get(26, metadata);
            }
        }

        private void putMetadata(long metadataHigh, long metadataLow, int size) {
            if (size > 64) {
                put(metadataHigh, size - 64);
            }
            put(metadataLow, Math.min(size, 64));
        }

        private void put(long value, int n) {
            for (int left = n; left > 0; ) {
                int room = 8 - (bits & 7);
                int take = Math.min(room, left);
                long part = (value >>> (left - take)) & ((1 << take) - 1);
                input[bits >> 3] |= (byte) (part << (room - take));
                bits += take;
                left -= take;
            }
        }

        private long get(int from, int n) {
            long value = 0;
            for (int at = from; at < from + n; ) {
                int room = 8 - (at & 7);
                int take = Math.min(room, from + n - at);
                value = (value << take) | (((hash[at >> 3] & 0xFF) >>> (room - take)) & ((1 << take) - 1));
                at += take;
            }
            return value;
        }
    }
}
