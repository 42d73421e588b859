package dev.hearsay.net.state;

import dev.hearsay.core.state.StateConfig;
import dev.hearsay.wire.Capability;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a node shares state; see {@link dev.hearsay.Hearsay.Builder}.
 *
 * @param config whether and how
 */
public record StateSettings(StateConfig config) {

    /** What a node with these settings announces that it can do. Immutable. */
    public Set<Capability> capabilities() {
        if (config.enabled()) {
            return Capability.ours();
        }
        Set<Capability> rest = EnumSet.copyOf(Capability.ours());
        rest.remove(Capability.STATE);
        return Collections.unmodifiableSet(rest);
    }
}
