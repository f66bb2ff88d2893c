package network.autonomys.farmer.runtime;

/** Settings that cannot work: the process ends with exit code 2 and this one line, because a restart cannot help (design §3). */
public final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1;

    public ConfigurationException(String message) {
        super(message);
    }
}
