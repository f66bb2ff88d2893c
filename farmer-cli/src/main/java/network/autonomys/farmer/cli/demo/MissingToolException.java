package network.autonomys.farmer.cli.demo;

import java.util.List;

/** A program that the demo needs is not installed and cannot be installed by us. */
final class MissingToolException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MissingToolException(List<String> packages) {
        super("The demo needs programs that are not installed. As root: apt-get install " + String.join(" ", packages));
    }
}
