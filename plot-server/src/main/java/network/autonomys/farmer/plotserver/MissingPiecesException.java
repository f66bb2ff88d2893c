package network.autonomys.farmer.plotserver;

import java.io.IOException;

/** Nobody gave some of a sector's pieces in time. */
final class MissingPiecesException extends IOException {
    private static final long serialVersionUID = 1;

    MissingPiecesException(int missing, int wanted) {
        super(missing + " of " + wanted + " pieces could not be had in time");
    }
}
