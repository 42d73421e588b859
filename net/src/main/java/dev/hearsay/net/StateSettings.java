package dev.hearsay.net;

import dev.hearsay.core.state.StateConfig;
import java.nio.file.Path;
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
}
