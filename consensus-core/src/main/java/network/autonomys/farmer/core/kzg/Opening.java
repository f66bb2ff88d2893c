package network.autonomys.farmer.core.kzg;

import network.autonomys.farmer.core.types.Bytes;

/**
 * The claim that a committed polynomial has a value at a root of unity, with its proof.
 *
 * @param commitment 48 bytes
 * @param domain size of the domain, 1 to 2^30
 * @param index of the root, from 0 below the domain's size
 * @param value 32 bytes, big-endian
 * @param witness 48 bytes
 */
public record Opening(Bytes commitment, int domain, int index, Bytes value, Bytes witness) {
    /**
     * @throws IllegalArgumentException where the index is not in the domain
     */
    public Opening {
        if (domain < 1 || domain > 1 << 30 || index < 0 || index >= domain) {
            throw new IllegalArgumentException("no root " + index + " in a domain of " + domain);
        }
    }
}
