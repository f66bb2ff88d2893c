package network.autonomys.farmer.controller;

import java.util.Optional;
import network.autonomys.farmer.core.types.FarmerAppInfo;

/** What is known of the node: whether it is there, in step, and when its last slot came. Thread-safe. */
final class NodeState {
    private boolean connected;
    private String whyNot = "not connected yet";
    private Optional<FarmerAppInfo> info = Optional.empty();
    private String chainName = "";
    private long bestBlock;
    private long lastSlotNanos;
    private long connectedNanos;

    synchronized void connected(FarmerAppInfo now) {
        connected = true;
        info = Optional.of(now);
        connectedNanos = System.nanoTime();
        lastSlotNanos = connectedNanos;
    }

    synchronized void disconnected(String reason) {
        connected = false;
        whyNot = reason;
    }

    synchronized void info(FarmerAppInfo now) {
        info = Optional.of(now);
    }

    synchronized void bestBlock(long number) {
        bestBlock = number;
    }

    synchronized void chainName(String name) {
        chainName = name;
    }

    /** The name of the chain, empty before the node told it. */
    synchronized String chainName() {
        return chainName;
    }

    synchronized void slot() {
        lastSlotNanos = System.nanoTime();
    }

    /** What the node said of itself last, also while it is away. */
    synchronized Optional<FarmerAppInfo> info() {
        return info;
    }

    synchronized long bestBlock() {
        return bestBlock;
    }

    synchronized boolean isConnected() {
        return connected;
    }

    /** Whether solutions can be handed in. */
    synchronized boolean synced() {
        return connected && info.map(known -> !known.syncing()).orElse(false);
    }

    synchronized String whyNot() {
        return whyNot;
    }

    /** Nanoseconds without a slot, counted from the connection at the earliest. */
    synchronized long slotSilenceNanos() {
        return System.nanoTime() - lastSlotNanos;
    }
}
