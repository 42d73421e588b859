package dev.hearsay.fuzz;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Delegate;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.Quarantine;
import dev.hearsay.core.state.SharedState;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.core.state.StateFrame;
import dev.hearsay.core.state.StateVitals;
import dev.hearsay.core.state.Views;
import java.util.List;

/** What has to hold of a node's shared state after each step, and of what it says about it. */
final class StateChecker {
    /** So few that a fuzzer fills the table. */
    static final StateConfig CONFIG = StateConfig.DEFAULTS.with(c -> {
        c.maxEntries = 24;
        c.maxBytes = 16 << 10;
        c.maxBacklogBytes = 8 << 10;
    });

    /** Serf, with shared state beside it. */
    static final Delegate SERF = new Delegate() {
        @Override
        public boolean serf() {
            return true;
        }

        @Override
        public Bytes localState(boolean join) {
            return Bytes.EMPTY;
        }

        @Override
        public StateConfig stateConfig() {
            return CONFIG;
        }

        @Override
        public boolean matches(List<Bytes> filters, Member member) {
            return filters.isEmpty();
        }
    };

    /** A node's own facts are written again whether there is room or not: those of the three keys. */
    private static final int OWN_FACTS = 4;

    private static final int OWN_BYTES = OWN_FACTS * 5000;

    private static final int MOST_TOLD = 8192;
    private static final int MOST_WANTED = 4096;

    /** Of one exchange: what is handed over at its end, or one question. */
    private static final int PACKETS_EACH = 26;

    private StateChecker() {}

    /** Checks figures against the entries themselves. */
    static void check(SharedState state) {
        StateVitals vitals = state.vitals();
        long sum = 0;
        int live = 0;
        for (Entry entry : state.entries().values()) {
            sum += entry.hash();
            live += entry.deleted() ? 0 : 1;
            require(entry.intact(), "an entry in the table that does not fit its checksum: ", entry);
        }
        require(sum == state.sum(), "another sum than that of the entries: ", state.sum());
        require(live == vitals.live(), "live entries: ", vitals);
        require(vitals.entries() == state.entries().size(), "entries: ", vitals);
        require(vitals.entries() <= CONFIG.maxEntries() + OWN_FACTS, "more entries than the bound: ", vitals);
        require(vitals.bytes() <= CONFIG.maxBytes() + OWN_BYTES, "more bytes than the bound: ", vitals);
        require(vitals.telling() <= MOST_TOLD && vitals.wanted() <= MOST_WANTED, "queues: ", vitals);
        require(vitals.backlog() >= 0, "a backlog below nothing: ", vitals);
        List<Quarantine.Quarantined> kept = state.quarantine().kept();
        require(kept.size() <= Quarantine.KEPT, "in quarantine: ", kept.size());
        for (Quarantine.Quarantined each : kept) {
            // What is only ahead of the clocks may come again later, and is then right.
            require(
                    each.reason() == Quarantine.Reason.AHEAD
                            || !each.entry()
                                    .equals(state.entries().get(each.entry().id())),
                    "in quarantine and in the table: ",
                    each);
        }
        // Reading does not throw, whatever there is.
        for (int kind = 0; kind < 8; kind++) {
            for (String name : Views.names(state.entries(), kind, NodeHarness.WALL)) {
                Views.facts(state.entries(), name, NodeHarness.WALL);
                Views.map(state.entries(), name, NodeHarness.WALL);
                Views.set(state.entries(), name, NodeHarness.WALL);
                Views.counter(state.entries(), name, NodeHarness.WALL);
                Views.register(state.entries(), name, NodeHarness.WALL);
            }
        }
    }

    /** What the node says in a packet. */
    static void sent(Message message) {
        if (message instanceof Message.State state) {
            sent(state.frame());
        }
    }

    /** What the node says in a stream. */
    static void sent(StreamMessage message) {
        if (message instanceof StreamMessage.StateExchange state) {
            sent(state.frame());
        }
    }

    private static void sent(StateFrame frame) {
        for (Entry entry : entries(frame)) {
            require(entry.intact(), "passes on what does not fit its checksum: ", entry);
            require(entry.stamp() > 0 && entry.time() >= entry.stamp(), "passes on what cannot be: ", entry);
        }
    }

    private static List<Entry> entries(StateFrame frame) {
        if (frame instanceof StateFrame.News news) {
            return news.entries().stream().map(StateFrame.Pushed::entry).toList();
        } else if (frame instanceof StateFrame.Chunk chunk) {
            return chunk.entries();
        }
        return frame instanceof StateFrame.Offer offer ? offer.entries() : List.of();
    }

    /** How many packets a message about state may lead to: one for each entry or hash in it, and the next step of an exchange. */
    static int packets(Message message) {
        if (message instanceof Message.Compound compound) {
            return compound.parts().stream().mapToInt(StateChecker::packets).sum();
        }
        return message instanceof Message.State state ? items(state.frame()) * PACKETS_EACH + PACKETS_EACH : 0;
    }

    /** How many events: of each entry that it is there, and of old ones that they are gone. */
    static int events(Message message) {
        if (message instanceof Message.Compound compound) {
            return compound.parts().stream().mapToInt(StateChecker::events).sum();
        }
        return message instanceof Message.State state
                ? (1 + items(state.frame())) * (2 * OWN_FACTS) + CONFIG.maxEntries() + OWN_FACTS
                : 0;
    }

    private static int items(StateFrame frame) {
        if (frame instanceof StateFrame.News news) {
            return news.entries().size()
                    + news.announced().size()
                    + news.large().size();
        }
        return frame instanceof StateFrame.Want want
                ? want.hashes().size()
                : entries(frame).size();
    }

    /** How many packets a timer may lead to: a round, what is asked for again, an exchange. */
    static int packetsOfTimer(StateVitals before) {
        return CONFIG.fanout() * 16 + before.wanted() + 2;
    }

    private static void require(boolean held, String otherwise, Object what) {
        if (!held) {
            throw new AssertionError(otherwise + what);
        }
    }
}
