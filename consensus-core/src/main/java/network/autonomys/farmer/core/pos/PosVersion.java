package network.autonomys.farmer.core.pos;

/**
 * The rule that picks the proof of an s-bucket among those that verify (proof-of-space §1.6, §2.1).
 *
 * <p>Verification knows no versions; plots do: a chunk is stored under the hash of its proof, so a sector must be read and
 * proven with the rule that it was plotted with (proof-of-space §0.2).
 */
public enum PosVersion {
    /** Complete tables, smallest entry in (y, left, right) order: all sectors of releases before the cutover. */
    V1,
    /** Buckets and pairs cut short, first entry found, only the first 32 768 s-buckets that have one. */
    V2
}
