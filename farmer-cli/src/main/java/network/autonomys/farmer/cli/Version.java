package network.autonomys.farmer.cli;

import picocli.CommandLine.IVersionProvider;

/** The version as the manifest of the distribution gives it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"autonomys-farmer " + text()};
    }

    /** The version, or "development" outside a distribution. */
    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
