package dev.hearsay.sim.cluster;

import dev.hearsay.core.Config;
import dev.hearsay.core.SerfConfig;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.wire.WireConfig;

/**
 * What all processes of a fixture have in common.
 *
 * @param seed everything random follows from it
 * @param wire what goes around messages in the beginning: it costs bytes, and is not put around anything
 */
record FixtureSettings(long seed, Config config, SerfConfig serf, StateConfig state, WireConfig wire) {}
