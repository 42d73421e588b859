package dev.hearsay.api.node;

import dev.hearsay.api.KeyringStore;
import dev.hearsay.core.Config;
import dev.hearsay.core.SerfConfig;
import dev.hearsay.core.state.StateConfig;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link NodeCluster} must know of its node, whatever drives it.
 *
 * @param name of the node
 * @param port where a seed without a port is sought
 * @param config how the node behaves
 * @param serf limits of Serf's layer; of no meaning without Serf
 * @param state whether and how state is shared; likewise
 * @param bare whether the application is the layer above, as on bare memberlist, and not Serf
 * @param keyringStore where changed keys go; null: nowhere
 * @param callbacks where the application is called
 * @param fallback where futures complete if the application has shut that executor down
 */
public record NodeSetup(
        String name,
        int port,
        Config config,
        SerfConfig serf,
        StateConfig state,
        boolean bare,
        @Nullable KeyringStore keyringStore,
        Callbacks callbacks,
        Executor fallback) {}
