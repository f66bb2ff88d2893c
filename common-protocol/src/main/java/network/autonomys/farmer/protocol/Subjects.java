package network.autonomys.farmer.protocol;

import java.util.regex.Pattern;
import network.autonomys.farmer.core.types.Bytes;

/** The subjects of one cluster on NATS, all below {@code af.<cluster>.} (cluster-and-cli §3.3, §3.4), and its queue groups. */
public final class Subjects {
    /** The cluster of those who name none. */
    public static final String DEFAULT_CLUSTER = "main";

    private static final Pattern CLUSTER_NAME = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    private final String cluster;
    private final String root;

    /**
     * @param cluster 1 to 32 letters, digits, {@code -} and {@code _}
     * @throws IllegalArgumentException for other names
     */
    public Subjects(String cluster) {
        if (!CLUSTER_NAME.matcher(cluster).matches()) {
            throw new IllegalArgumentException(
                    "a cluster name has 1 to 32 letters, digits, '-' and '_', not \"" + cluster + "\"");
        }
        this.cluster = cluster;
        this.root = "af." + cluster + ".";
    }

    public String cluster() {
        return cluster;
    }

    /** Presence beats of one process. */
    public String up(Role role, InstanceId id) {
        return root + "up." + role.label() + "." + id;
    }

    /** Presence beats of all. */
    public String upAll() {
        return root + "up.*.*";
    }

    /** "Announce yourselves." */
    public String who() {
        return root + "who";
    }

    public String slot() {
        return root + "slot";
    }

    public String solution(InstanceId controller) {
        return root + "solution." + controller;
    }

    public String solutionState(InstanceId controller) {
        return root + "solution-state." + controller;
    }

    /** Signing requests for the owner of a key. */
    public String sign(Bytes publicKey) {
        return root + "sign." + publicKey.hex();
    }

    public String proof(InstanceId server) {
        return root + "proof." + server;
    }

    public String proofCancel(InstanceId server) {
        return root + "proof-cancel." + server;
    }

    public String appInfo() {
        return root + "app-info";
    }

    public String headers() {
        return root + "headers";
    }

    /** One archived segment's header; the stream keeps the last message of each. */
    public String header(long segmentIndex) {
        return root + "header." + Long.toUnsignedString(segmentIndex);
    }

    public String headerAll() {
        return root + "header.*";
    }

    public String pieceSource() {
        return root + "piece-src";
    }

    public String ring() {
        return root + "ring";
    }

    /** Jobs of one client at one priority, captured by the work queue. */
    public String plotJob(int priority, InstanceId client) {
        return root + "job.plot." + priority + "." + client;
    }

    /** The same for sectors of the second proof-of-space rule, which not every server takes. */
    public String plotJobV2(int priority, InstanceId client) {
        return root + "job.plot." + priority + "-v2." + client;
    }

    /** Whether a subject of {@link #plotJobAll} is that of jobs of the second rule. */
    public static boolean isPlotJobV2(String subject) {
        return subject.substring(0, subject.lastIndexOf('.')).endsWith("-v2");
    }

    public String plotJobAll() {
        return root + "job.plot.*.*";
    }

    /** The same when JetStream is down. */
    public String jobOffer() {
        return root + "job-offer";
    }

    /** Progress and failures of a client's jobs. */
    public String jobState(InstanceId client) {
        return root + "job-state." + client;
    }

    public String ready(InstanceId client) {
        return root + "ready." + client;
    }

    public String farmState(InstanceId farm) {
        return root + "farm." + farm + ".state";
    }

    public String farmStateAll() {
        return root + "farm.*.state";
    }

    public String event(String severity, String kind) {
        return root + "event." + severity + "." + kind;
    }

    public String eventAll() {
        return root + "event.*.>";
    }

    public String command(Role role, InstanceId id) {
        return root + "cmd." + role.label() + "." + id;
    }

    public String commandAll(Role role) {
        return root + "cmd." + role.label() + ".all";
    }

    /** The queue group in which the instances of a role share requests. */
    public String group(Role role) {
        return role.label();
    }

    /** The name of a JetStream resource: {@code af_<name>}, with the cluster's name behind it unless it is the default one. */
    public String resource(String name) {
        return cluster.equals(DEFAULT_CLUSTER) ? "af_" + name : "af_" + name + "_" + cluster;
    }
}
