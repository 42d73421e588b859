package dev.hearsay.net;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Delegate;
import dev.hearsay.core.SerfConfig;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.wire.QueryFilters;
import java.util.List;

/** Serf above a node: its limits, whom queries mean, and how state is shared. On the loop. */
final class SerfDelegate implements Delegate {
    private final SerfConfig config;
    private final StateConfig state;
    private final QueryFilters filters = new QueryFilters();

    SerfDelegate(SerfConfig config, StateConfig state) {
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

    /** The layer above a node: the application, if it is given as one, else Serf. */
    static Delegate above(NodeSettings settings) {
        dev.hearsay.api.Delegate application = settings.delegate();
        return application == null
                ? new SerfDelegate(settings.serf(), settings.state().config())
                : new ApplicationState(application);
    }
}
