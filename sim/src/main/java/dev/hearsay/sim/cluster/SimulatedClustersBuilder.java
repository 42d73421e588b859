package dev.hearsay.sim.cluster;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Config;
import dev.hearsay.core.SerfConfig;
import dev.hearsay.core.Versions;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.sim.Network;
import dev.hearsay.sim.SimulationBuilder;
import dev.hearsay.wire.Capability;
import dev.hearsay.wire.Tags;
import dev.hearsay.wire.WireConfig;
import java.util.Collections;
import java.util.Map;
import java.util.function.IntFunction;

/** The settings of {@link SimulatedClusters}. With the calls that follow, they decide everything that happens. */
public final class SimulatedClustersBuilder {
    final int nodes;
    long seed = 1;
    Network network = Network.lan();
    Config config = Config.lan();
    SerfConfig serf = SerfConfig.DEFAULTS;
    StateConfig state = StateConfig.DEFAULTS;
    WireConfig wire = WireConfig.PLAIN;
    boolean together;
    boolean durable;
    private IntFunction<Map<String, String>> tags = node -> Collections.emptyMap();

    SimulatedClustersBuilder(int nodes) {
        this.nodes = nodes;
    }

    /** Everything random follows from it. Default 1. */
    public SimulatedClustersBuilder seed(long value) {
        seed = value;
        return this;
    }

    /** What the network does while nothing is broken. Default {@link Network#lan()}. */
    public SimulatedClustersBuilder network(Network value) {
        network = value;
        return this;
    }

    /** The same network with that share of lost packets, 0 to 1. */
    public SimulatedClustersBuilder loss(double share) {
        network = network.withLoss(share);
        return this;
    }

    /** How all nodes behave. Default {@link Config#lan()}. */
    public SimulatedClustersBuilder config(Config value) {
        config = value;
        return this;
    }

    /** Limits of user events and queries, and coordinates. Default {@link SerfConfig#DEFAULTS}. */
    public SimulatedClustersBuilder serf(SerfConfig value) {
        serf = value;
        return this;
    }

    /** Whether nodes take part in shared state, and how it spreads. Default {@link StateConfig#DEFAULTS}. */
    public SimulatedClustersBuilder state(StateConfig value) {
        state = value;
        return this;
    }

    /**
     * What is around messages in the beginning. It costs its bytes and can be changed as in production, also by {@link
     * dev.hearsay.api.Cluster#keys()}; but nothing is encrypted, and a node without the key is understood all the same.
     */
    public SimulatedClustersBuilder wire(WireConfig value) {
        wire = value;
        return this;
    }

    /**
     * The tags with which a process starts, by the index of its machine; asked at each start. Default: none.
     *
     * @param value its tags must fit; else {@link #start} throws {@link IllegalArgumentException}
     */
    public SimulatedClustersBuilder tags(IntFunction<Map<String, String>> value) {
        tags = value;
        return this;
    }

    /** Everybody knows everybody from the start, as if they had been together for long: nobody has to join. */
    public SimulatedClustersBuilder together() {
        together = true;
        return this;
    }

    /** Machines keep the shared state on disk when their process ends, as with {@code Hearsay.Builder.stateStore} and sync. */
    public SimulatedClustersBuilder durable() {
        durable = true;
        return this;
    }

    /** Starts a process on each machine, at virtual time 0. */
    public SimulatedClusters start() {
        return new SimulatedClusters(this);
    }

    FixtureSettings common() {
        return new FixtureSettings(seed, config, serf, state, wire);
    }

    SimulationBuilder.Announced announced(int node) {
        Bytes meta = Tags.encode(tags.apply(node), Capability.ours(config, state));
        return new SimulationBuilder.Announced(meta, Versions.SERF);
    }
}
