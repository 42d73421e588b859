package dev.hearsay.core;

import dev.hearsay.core.membership.Member;
import dev.hearsay.core.state.StateConfig;
import java.util.List;

/**
 * The layer above the node, as far as the node must ask it: memberlist's delegate. What the node merely tells it are
 * {@link Event}s. Called during a turn: it must be quick, and must not call the node.
 */
public interface Delegate {
    /** Serf is above, with its defaults, and every query means everybody. */
    Delegate SERF = new Delegate() {
        @Override
        public boolean serf() {
            return true;
        }

        @Override
        public Bytes localState(boolean join) {
            return Bytes.EMPTY;
        }
    };

    /**
     * Whether the layer above is Serf; never changes. If not, this node belongs to a pool of programs on bare memberlist:
     * it sends no intents, and user messages and the state in push/pulls are the application's.
     */
    boolean serf();

    /**
     * What this node adds to a push/pull (memberlist {@code LocalState}); not asked if Serf is above.
     *
     * @param join whether the exchange is part of a join
     */
    Bytes localState(boolean join);

    /** Limits of Serf's layer; not asked without Serf. */
    default SerfConfig serfConfig() {
        return SerfConfig.DEFAULTS;
    }

    /** How shared state behaves, if this node takes part in it; not asked without Serf. */
    default StateConfig stateConfig() {
        return StateConfig.OFF;
    }

    /**
     * Whether a query with these filters means that member.
     *
     * @param filters in Serf's encoding; one that cannot be understood means nobody
     */
    default boolean matches(List<Bytes> filters, Member member) {
        return filters.isEmpty();
    }
}
