package network.autonomys.farmer.protocol.message;

/** What an administrative command asks for. The ordinal is the number on the wire; new ones go to the end. */
public enum CommandAction {
    PAUSE,
    RESUME,
    DRAIN,
    REINITIALIZE,
    RELOAD,
    LOG_LEVEL,
    DUMP
}
