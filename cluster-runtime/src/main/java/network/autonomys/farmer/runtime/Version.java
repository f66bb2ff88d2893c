package network.autonomys.farmer.runtime;

/** The version of this software. */
public final class Version {
    private Version() {}

    /** As in the manifest of the packaged program, {@code dev} when run from class files. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
