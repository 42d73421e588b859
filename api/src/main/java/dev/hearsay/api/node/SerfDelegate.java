package dev.hearsay.api.node;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Delegate;
import dev.hearsay.core.SerfConfig;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.wire.QueryFilters;
import java.util.List;

/** Serf above a node: its limits, whom queries mean, and how state is shared. On the loop. */
public final class SerfDelegate implements Delegate {
    private final SerfConfig config;
    private final StateConfig state;
    private final QueryFilters filters = new QueryFilters();

    /** With these limits. */
    public SerfDelegate(SerfConfig config, StateConfig state) {
        this.config = config;
        this.state = state;
    }

    @Override
    public boolean serf() {
        return true;
    }

    @Override
    public Bytes localState(boolean join) {
        return Bytes.EMPTY;
    }

    @Override
    public SerfConfig serfConfig() {
        return config;
    }

    @Override
    public StateConfig stateConfig() {
        return state;
    }

    @Override
    public boolean matches(List<Bytes> encoded, Member member) {
        return encoded.isEmpty() || filters.match(encoded, member.name(), Events.tags(member));
    }
}
