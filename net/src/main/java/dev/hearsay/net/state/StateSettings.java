package dev.hearsay.net.state;

import dev.hearsay.core.Config;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.wire.Capability;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a node shares state; see {@link dev.hearsay.Hearsay.Builder}.
 *
 * @param config whether and how
 * @param store the file in which it is kept; null: nowhere
 * @param sync whether a write waits until the disk has it
 */
public record StateSettings(StateConfig config, @Nullable Path store, boolean sync) {
    /** Checks that there is something to keep. */
    public StateSettings {
        if (store != null && !config.enabled()) {
            throw new IllegalArgumentException(
                    "stateStore is " + store + ": must not be set for a node that takes no part in shared state");
        }
    }

    /** What a node with these settings announces that it can do. Immutable. */
    public Set<Capability> capabilities(Config core) {
        if (config.enabled()) {
            return Capability.ours(core);
        }
        Set<Capability> rest = EnumSet.copyOf(Capability.ours(core));
        rest.remove(Capability.STATE);
        return Collections.unmodifiableSet(rest);
    }
}
