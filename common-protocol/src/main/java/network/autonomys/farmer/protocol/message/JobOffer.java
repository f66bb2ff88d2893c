package network.autonomys.farmer.protocol.message;

import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;

/**
 * A job for whoever has a free place, when JetStream is down.
 *
 * @param offer the job
 */
public record JobOffer(PlotJob offer) implements Message {
    public static JobOffer read(ScaleReader in) {
        return new JobOffer(PlotJob.read(in));
    }

    @Override
    public MessageType type() {
        return MessageType.JOB_OFFER;
    }

    @Override
    public void write(ScaleWriter out) {
        offer.write(out);
    }
}
