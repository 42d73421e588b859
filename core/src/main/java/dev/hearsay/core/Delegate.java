package dev.hearsay.core;

/**
 * The layer above the node, as far as the node must ask it: memberlist's delegate. What the node merely tells it are
 * {@link Event}s. Called during a turn: it must be quick, and must not call the node.
 */
public interface Delegate {
    /** Serf is above: the core speaks its intents, and there is nothing to ask. */
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
}
