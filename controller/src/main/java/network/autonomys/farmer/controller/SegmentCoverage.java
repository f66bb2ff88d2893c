package network.autonomys.farmer.controller;

import network.autonomys.farmer.runtime.cache.PieceSet;

/** Tells which pieces of a segment have a durable copy in the caches now. */
@FunctionalInterface
interface SegmentCoverage {
    /** The pieces of the segment that at least one cache confirms to hold. */
    PieceSet held(long segment) throws InterruptedException;
}
