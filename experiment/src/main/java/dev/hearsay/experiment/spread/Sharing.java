package dev.hearsay.experiment.spread;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Delegate;
import dev.hearsay.core.state.StateConfig;

/** What is above a simulated node that takes part in shared state. */
public record Sharing(StateConfig stateConfig) implements Delegate {
    @Override
    public boolean serf() {
        return true;
    }

    @Override
    public Bytes localState(boolean join) {
        return Bytes.EMPTY;
    }
}
