package network.autonomys.farmer.devnode.chain;

import java.io.IOException;
import java.nio.file.Path;
import network.autonomys.farmer.core.scale.ScaleException;
import network.autonomys.farmer.core.scale.ScaleReader;
import network.autonomys.farmer.core.scale.ScaleWriter;
import network.autonomys.farmer.core.types.PotCheckpoints;
import network.autonomys.farmer.core.types.PotNextSlotInput;

/** Proofs of time on disk, so that slots do not go back when the node restarts. */
public final class ProofLog implements AutoCloseable {
    /** Records beyond this are dropped at the next start, except those still needed. */
    private static final int COMPACT_FROM = 4096;

    private final RecordLog log;

    private ProofLog(RecordLog log) {
        this.log = log;
    }

    /** Opens or creates the file, and adds what follows from the best block to the chain of proofs. */
    public static ProofLog open(Path file, ProofChain proofs, ChainState best) throws IOException {
        ProofLog opened = new ProofLog(RecordLog.open(file));
        for (int i = 0; i < opened.log.size(); i++) {
            proofs.add(decode(opened.log.get(i)));
        }
        proofs.realign(best);
        if (opened.log.size() > COMPACT_FROM) {
            opened.log.truncate(0);
            for (ProofChain.Proven proven : proofs.after(0)) {
                opened.append(proven);
            }
        }
        return opened;
    }

    private static ProofChain.Proven decode(byte[] record) throws IOException {
        try {
            return ScaleReader.decode(
                    record, in -> new ProofChain.Proven(PotNextSlotInput.read(in), PotCheckpoints.read(in)));
        } catch (ScaleException e) {
            throw new IOException("a damaged proof of time", e);
        }
    }

    /** Adds a proof. */
    public void append(ProofChain.Proven proven) throws IOException {
        ScaleWriter out = new ScaleWriter(160);
        proven.input().write(out);
        proven.checkpoints().write(out);
        log.appendLazily(out.toByteArray());
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
