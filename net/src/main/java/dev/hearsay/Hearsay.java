package dev.hearsay;

import dev.hearsay.api.Admission;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.Delegate;
import dev.hearsay.api.KeyringStore;
import dev.hearsay.api.MemberlistCluster;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.SerfConfig;
import dev.hearsay.core.Versions;
import dev.hearsay.core.membership.AdmissionRules;
import dev.hearsay.core.membership.AllowList;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.net.HearsayRuntime;
import dev.hearsay.net.NetCluster;
import dev.hearsay.net.NetMemberlist;
import dev.hearsay.net.NodeSettings;
import dev.hearsay.net.StateSettings;
import dev.hearsay.wire.Capability;
import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.Keyring;
import dev.hearsay.wire.Tags;
import dev.hearsay.wire.WireConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Starts nodes.
 *
 * <pre>{@code
 * try (Cluster cluster = Hearsay.builder().name("orders-1").tag("role", "orders").start()) {
 *     cluster.listen(event -> System.out.println(event.kind() + " " + event.member().name()));
 *     cluster.join("10.0.0.1").get().orThrow();
 *     ...
 *     cluster.leave().get();
 * }
 * }</pre>
 */
public final class Hearsay {
    /** memberlist's and Serf's port, for UDP and TCP. */
    public static final int DEFAULT_PORT = 7946;

    private Hearsay() {}

    /** A builder with the defaults: this host's name, every interface, port {@value #DEFAULT_PORT}, the LAN preset. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings; each has a default. Not thread-safe. */
    public static final class Builder {
        private @Nullable String name;
        private String bindHost = "0.0.0.0";
        private int bindPort = DEFAULT_PORT;
        private @Nullable String advertiseHost;
        private int advertisePort;
        private final Map<String, String> tags = new LinkedHashMap<>();
        private Config config = Config.lan();
        private WireConfig wire = WireConfig.PLAIN;
        private @Nullable Versions versions;
        private Bytes meta = Bytes.EMPTY;
        private long incarnation;
        private @Nullable Executor executor;
        private @Nullable HearsayRuntime runtime;
        private @Nullable AllowList allowed;
        private boolean validateNames;
        private @Nullable Admission admission;

        private SerfConfig serf = SerfConfig.DEFAULTS;

        private @Nullable KeyringStore keyringStore;

        private @Nullable Path snapshotFile;

        private boolean rejoinAfterLeave;

        private StateConfig state = StateConfig.DEFAULTS;

        private @Nullable Path stateStore;

        private boolean stateSync;

        private Builder() {}

        /** The node's name, unique in the cluster: 1 to 255 bytes of UTF-8. Default: the name of this host. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /**
         * Where to listen: an IP address of this machine, a name of it, or {@code 0.0.0.0} or {@code ::} for every
         * interface. Default {@code 0.0.0.0}.
         */
        public Builder bind(String host) {
            bindHost = host;
            return this;
        }

        /**
         * Where to listen; see {@link #bind(String)}.
         *
         * @param port 1 to 65535, or 0 for a free one; the same number for UDP and TCP. Default {@value #DEFAULT_PORT}
         */
        public Builder bind(String host, int port) {
            bindPort = port("bind", port);
            return bind(host);
        }

        /**
         * The IP address at which others reach this node, if it is not the bound one (NAT, containers). A name is looked
         * up once. Default: the bound address; if that is every interface, the first private address of this machine,
         * else the first other one, else loopback.
         */
        public Builder advertise(String host) {
            advertiseHost = host;
            return this;
        }

        /**
         * Where others reach this node; see {@link #advertise(String)}.
         *
         * @param port 1 to 65535, or 0 for the bound one, which is the default
         */
        public Builder advertise(String host, int port) {
            advertisePort = port("advertise", port);
            return advertise(host);
        }

        /**
         * Adds a tag, or replaces the one of that key. All tags together take at most 512 bytes encoded, 5 of which this
         * node needs to announce its {@linkplain dev.hearsay.wire.Capability capabilities}.
         */
        public Builder tag(String key, String value) {
            tags.put(key, value);
            return this;
        }

        /** Replaces all tags; see {@link #tag}. */
        public Builder tags(Map<String, String> values) {
            tags.clear();
            tags.putAll(values);
            return this;
        }

        /** How the node behaves. Default {@link Config#lan()}. */
        public Builder config(Config value) {
            config = value;
            return this;
        }

        /**
         * What goes around messages: keys, label, compression. It has to agree with the other members. Default {@link
         * WireConfig#PLAIN}.
         */
        public Builder wire(WireConfig value) {
            wire = value;
            return this;
        }

        /**
         * Encrypts everything with this key and accepts nothing else, as {@code serf agent -encrypt} does: a change of what
         * {@link #wire} was given. For several keys, or to introduce encryption step by step, give {@code wire} a
         * keyring.
         *
         * @param key 16, 24 or 32 bytes in Base64; {@code hearsay keygen} makes one
         * @throws IllegalArgumentException if it is no such key; the message does not repeat it
         */
        public Builder encrypt(String key) {
            wire = wire.toBuilder().keyring(Keyring.of(GossipKey.parse(key))).build();
            return this;
        }

        /**
         * Metadata for others, in a cluster on bare memberlist; with Serf above, tags take its place.
         *
         * @param value at most 512 bytes
         */
        public Builder meta(byte[] value) {
            meta = Bytes.of(value);
            return this;
        }

        /**
         * The networks that members may live in, such as {@code 10.0.0.0/8} or {@code fd00::/8} (memberlist {@code
         * CIDRsAllowed}); none at all refuses everybody. It is about the addresses that members announce: one outside is
         * not listed, and nothing is sent there because a packet says so. It filters no packets, and whoever can reach the
         * port can still be heard: for that there is {@link #encrypt}. Default: anywhere.
         *
         * @throws IllegalArgumentException if one is no network, or has bits set behind its length
         */
        public Builder allow(String... networks) {
            allowed = AllowList.of(List.of(networks));
            return this;
        }

        /**
         * Whether names, also this node's own, must consist of 1 to 128 of {@code A-Z a-z 0-9 - .} (Serf {@code
         * validate_node_names}). A member with another name is not listed. Default false.
         */
        public Builder validateNames(boolean value) {
            validateNames = value;
            return this;
        }

        /** The application's say in who becomes a member, after {@link #allow} and {@link #validateNames}. Default: none. */
        public Builder admission(Admission value) {
            admission = value;
            return this;
        }

        /** Limits of user events and queries, and coordinates. Default {@link SerfConfig#DEFAULTS}. */
        public Builder serf(SerfConfig value) {
            serf = value;
            return this;
        }

        /**
         * Whether this node takes part in {@linkplain Cluster#state() shared state}, and how it spreads. Default {@link StateConfig#DEFAULTS},
         * {@link StateConfig#OFF} for a node that keeps nothing and does not say that it could. Of no meaning on bare memberlist.
         */
        public Builder state(StateConfig value) {
            state = value;
            return this;
        }

        /** Where shared state is kept beyond the process; see {@link #stateStore(Path, boolean)}, without waiting for the disk. */
        public Builder stateStore(Path file) {
            return stateStore(file, false);
        }

        /**
         * A file in which the node keeps the shared state, its own writes and others', beyond its process. A write completes when it has been
         * written there, so that it survives the end of the process. The file is locked while the node runs, and each node needs its own; a copy
         * of it on another machine is harmless. What is damaged in it is left out, said in the log, and learnt again from others. Default: none.
         *
         * @param sync whether a write completes only when the disk has it (fsync, once for all writes that wait): then it survives a
         *     loss of power, too. Without, the last seconds may be lost in one, and only then
         */
        public Builder stateStore(Path file, boolean sync) {
            stateStore = file;
            stateSync = sync;
            return this;
        }

        /** Where keys go that a query has changed ({@link Cluster#keys()}). Default: nowhere, they last as long as the node. */
        public Builder keyringStore(KeyringStore value) {
            keyringStore = value;
            return this;
        }

        /**
         * A file in which the node remembers its members and its clocks, in Serf's format. If it exists, the node tries to
         * join those it remembers, and hears no user event or query again that it has heard before. Default: none.
         *
         * @param rejoinAfterLeave whether to do so even if the last thing the node did was to leave
         */
        public Builder snapshotFile(Path file, boolean rejoinAfterLeave) {
            snapshotFile = file;
            this.rejoinAfterLeave = rejoinAfterLeave;
            return this;
        }

        /** The protocol versions to announce. Default {@link Versions#SERF}, on bare memberlist {@link Versions#MEMBERLIST}. */
        public Builder versions(Versions value) {
            versions = value;
            return this;
        }

        /**
         * The incarnation to start with, 1 to 2^31; 0 for the default: the seconds since 2020 on the wall clock, so that
         * a node that restarts is believed at once. The clock is read for nothing else.
         */
        public Builder incarnation(long value) {
            incarnation = value;
            return this;
        }

        /**
         * Where listeners are called and futures complete. They may block there; if they do, give an executor of your own,
         * because the default one has two threads for all nodes of the runtime.
         */
        public Builder executor(Executor value) {
            executor = value;
            return this;
        }

        /** The threads to run on. Default: a runtime shared by all nodes of the JVM, there while any of them is. */
        public Builder runtime(HearsayRuntime value) {
            runtime = value;
            return this;
        }

        /**
         * Starts the node; blocks until its ports are bound, and must not be called on an event loop of the runtime. The
         * node is a cluster of one until it joins.
         *
         * @throws HearsayException if an address cannot be resolved or bound; the message is one line for a person
         * @throws IllegalArgumentException if a setting breaks its rule; the message names setting, value and rule
         */
        public Cluster start() {
            if (meta.length() > 0) {
                throw new IllegalArgumentException(
                        "meta is set: must be empty in a Serf cluster, which has tags instead");
            }
            Bytes announced = Tags.encode(tags, Capability.ours(config, state));
            return NetCluster.start(settings(announced, wire, versions == null ? Versions.SERF : versions, null));
        }

        /**
         * Starts a node in a pool of programs on bare memberlist, without Serf; otherwise like {@link #start()}.
         *
         * @throws HearsayException if an address cannot be resolved or bound; the message is one line for a person
         * @throws IllegalArgumentException if a setting breaks its rule; the message names setting, value and rule
         */
        public MemberlistCluster startMemberlist(Delegate delegate) {
            if (!tags.isEmpty()) {
                throw new IllegalArgumentException("tags are " + tags + ": must be empty on bare memberlist; use meta");
            }
            if (stateStore != null) {
                throw new IllegalArgumentException(
                        "stateStore is " + stateStore + ": must not be set on bare memberlist, which shares no state");
            }
            WireConfig bare = wire.toBuilder().serf(false).build();
            return NetMemberlist.start(
                    settings(meta, bare, versions == null ? Versions.MEMBERLIST : versions, delegate));
        }

        private NodeSettings settings(
                Bytes announced, WireConfig around, Versions spoken, @Nullable Delegate delegate) {
            return new NodeSettings(
                    name == null ? hostName() : name,
                    bindHost,
                    bindPort,
                    advertiseHost,
                    advertisePort,
                    announced,
                    config,
                    around,
                    spoken,
                    incarnation,
                    executor,
                    runtime,
                    delegate,
                    new AdmissionRules(allowed, validateNames),
                    admission,
                    serf,
                    keyringStore,
                    snapshotFile,
                    rejoinAfterLeave,
                    shared());
        }

        private StateSettings shared() {
            return new StateSettings(state, stateStore, stateSync);
        }

        private static int port(String what, int port) {
            if (port < 0 || port > 0xFFFF) {
                throw new IllegalArgumentException(what + " port " + port + " is out of range: must be 0 to 65535");
            }
            return port;
        }

        private static String hostName() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                throw new HearsayException("cannot find out the name of this host: give the node a name", e);
            }
        }
    }
}
