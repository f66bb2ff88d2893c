package network.autonomys.farmer.protocol.message;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.Bytes;
import network.autonomys.farmer.protocol.InstanceId;
import network.autonomys.farmer.protocol.Role;

/**
 * A beat of a process: who it is, where it serves bytes, how it is (cluster-and-cli §3.3).
 *
 * @param id identifier of the process
 * @param role what it does
 * @param host host name
 * @param zone rack or site, empty where none was named
 * @param addresses bulk listeners as {@code host:port}, best first, at most 8
 * @param version software version
 * @param features bits of optional abilities, of which none is defined yet
 * @param state what it can do now
 * @param reason why it is in that state, empty when ready
 * @param sequence number of this beat since the start of the process
 * @param startedAtMillis milliseconds since 1970 at which the process started
 * @param queued requests or jobs waiting
 * @param running requests or jobs in work
 * @param places how many it can work on at a time
 * @param weight usable bytes of a cache, its weight in the ring; 0 for others
 * @param ringEpoch ring epoch applied, 0 for none
 * @param highestSegment highest segment that is completely held
 * @param kzgDigest SHA-256 of the KZG parameters in use
 * @param recentMillis latest service times in milliseconds, newest first, at most 16
 * @param figures further figures for status displays, at most 64 names
 */
public record Presence(
        InstanceId id,
        Role role,
        String host,
        String zone,
        List<String> addresses,
        String version,
        long features,
        MemberState state,
        String reason,
        long sequence,
        long startedAtMillis,
        long queued,
        long running,
        long places,
        long weight,
        long ringEpoch,
        OptionalLong highestSegment,
        Optional<Bytes> kzgDigest,
        List<Long> recentMillis,
        Map<String, Long> figures)
        implements Message {
    public Presence {
        Wire.requireText(host, 255);
        Wire.requireText(zone, 64);
        addresses = Wire.copy(addresses, 8);
        Wire.requireText(version, 64);
        reason = Wire.clip(reason, 512);
        kzgDigest.ifPresent(value -> Wire.requireLength(value, 32));
        recentMillis = Wire.copy(recentMillis, 16);
        figures = Wire.copy(figures, 64);
    }

    public static Presence read(ScaleReader in) {
        return new Presence(
                InstanceId.read(in),
                Wire.constant(in, Role.values()),
                Wire.text(in, 255),
                Wire.text(in, 64),
                Wire.list(in, 8, 1, r -> Wire.text(r, 300)),
                Wire.text(in, 64),
                in.readU64(),
                Wire.constant(in, MemberState.values()),
                Wire.text(in, 512),
                in.readU64(),
                in.readU64(),
                in.readU32(),
                in.readU32(),
                in.readU32(),
                in.readU64(),
                in.readU64(),
                in.readOptionU64(),
                in.readOption(r -> r.readBytes(32)),
                Wire.list(in, 16, 4, ScaleReader::readU32),
                Wire.figures(in, 64));
    }

    @Override
    public MessageType type() {
        return MessageType.PRESENCE;
    }

    @Override
    public void write(ScaleWriter out) {
        id.write(out);
        out.writeU8(Wire.number(role));
        out.writeString(host);
        out.writeString(zone);
        out.writeList(addresses, ScaleWriter::writeString);
        out.writeString(version);
        out.writeU64(features);
        out.writeU8(Wire.number(state));
        out.writeString(reason);
        out.writeU64(sequence);
        out.writeU64(startedAtMillis);
        out.writeU32(queued);
        out.writeU32(running);
        out.writeU32(places);
        out.writeU64(weight);
        out.writeU64(ringEpoch);
        out.writeOptionU64(highestSegment);
        out.writeOption(kzgDigest, ScaleWriter::writeBytes);
        out.writeList(recentMillis, ScaleWriter::writeU32);
        Wire.writeFigures(out, figures);
    }
}
