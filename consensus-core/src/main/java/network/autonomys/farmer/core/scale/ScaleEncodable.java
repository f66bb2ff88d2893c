package network.autonomys.farmer.core.scale;

/** A value with a SCALE encoding. */
public interface ScaleEncodable {
    /** Appends the encoding of this value. */
    void write(ScaleWriter out);

    /** The encoding of this value, as a fresh array. */
    default byte[] encode() {
        ScaleWriter out = new ScaleWriter();
        write(out);
        return out.toByteArray();
    }
}
