package network.autonomys.farmer.storage.farm;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import network.autonomys.farmer.core.sector.ContentsMap;
import network.autonomys.farmer.core.sector.SectorException;
import network.autonomys.farmer.core.sector.SectorReader;

/** The contents maps of a farm's sectors, the last ones kept: a proof needs the map that the audit before it has read. Thread-safe. */
public final class ContentsMaps {
    private static final int KEPT_BYTES = 16 << 20;

    private final Farm farm;
    private final int kept;
    private final Map<Key, ContentsMap> maps = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, ContentsMap> eldest) {
            return size() > kept;
        }
    };

    private record Key(int sectorIndex, long historySize) {}

    /** The maps of a farm. */
    public ContentsMaps(Farm farm) {
        this.farm = farm;
        this.kept = Math.clamp(KEPT_BYTES / farm.layout().contentsMapBytes(), 2, 64);
    }

    /** Forgets the maps of a sector, which is going to be plotted again, perhaps with the same history size. */
    public void forget(int sectorIndex) {
        synchronized (maps) {
            maps.keySet().removeIf(key -> key.sectorIndex() == sectorIndex);
        }
    }

    /**
     * The map of a stored sector.
     *
     * @param historySize the sector's, which tells one plotting of it from the next
     * @throws SectorException where it is damaged
     */
    public ContentsMap get(int sectorIndex, long historySize, PlotReader reader) throws IOException, SectorException {
        Key key = new Key(sectorIndex, historySize);
        synchronized (maps) {
            ContentsMap known = maps.get(key);
            if (known != null) {
                return known;
            }
        }
        ContentsMap map = SectorReader.readContentsMap(farm.layout(), reader.sector(sectorIndex));
        synchronized (maps) {
            maps.put(key, map);
        }
        return map;
    }
}
