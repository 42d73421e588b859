package dev.hearsay.core.state;

import dev.hearsay.core.Address;
import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.Timer;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Peers;
import dev.hearsay.core.state.Merging.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One node's part in the shared state: routes what comes to the components, and writes. */
public final class SharedState {
    private final String self;
    private final StateConfig config;
    private final long replica;
    private final HybridClock clock = new HybridClock();
    private final StateTable table = new StateTable();
    private final Quarantine quarantine;
    private final Counters counters;
    private final Merging merging;
    private final Partners partners;
    private final Sending sending;
    private final Wanted wanted;
    private final Spreading spreading;
    private final Alone alone = new Alone();
    private final Settling settling;
    private final Exchange exchange;
    private final OwnFacts ownFacts;

    /**
     * Makes the shared state of the node with that name; {@link #start} begins.
     *
     * @param random also tells who this process is among all that ever write: the same never twice
     */
    public SharedState(
            String self,
            StateConfig config,
            Config core,
            MemberTable members,
            Peers peers,
            Sizes sizes,
            Counters counters,
            Prng random) {
        this.replica = random.nextLong() | 1;
        this.self = self;
        this.config = config;
        this.counters = counters;
        quarantine = new Quarantine(counters);
        merging = new Merging(config, table, clock, quarantine, counters);
        partners = new Partners(self, members, peers, random, config.peerBytesPerSecond());
        sending = new Sending(core, config.bytesPerSecond(), sizes, counters);
        wanted = new Wanted(3 * config.roundNanos(), counters);
        spreading =
                new Spreading(config, replica, table, partners, sending, wanted, counters, core.forwardDelayNanos());
        settling = new Settling(config, clock, merging, partners, alone, counters);
        exchange = new Exchange(
                config,
                table,
                merging,
                this::take,
                spreading,
                partners,
                sending,
                alone,
                settling,
                clock,
                counters,
                random);
        ownFacts = new OwnFacts(self, replica, config);
    }

    /** Whether this node takes part. */
    public boolean enabled() {
        return config.enabled();
    }

    /** Begins to compare with others. What an earlier incarnation has said of itself, if that was restored, counts no more. */
    public void start(long now, Outbox out) {
        if (!config.enabled()) {
            return;
        }
        exchange.start(out);
        for (Entry fact : List.copyOf(Views.collection(table.entries(), StateKind.FACT, self))) {
            put(ownFacts.answer(fact, writing(now), stamps(now), clock.wallMillis(now)), now, out);
        }
    }

    /** The driver has looked at its wall clock: at the start, and from time to time, as it may be set. */
    public void onClock(long wallMillis, long now) {
        clock.set(wallMillis, now);
    }

    /**
     * Begins with what an earlier process of this member has left. Only before {@link #start}, with the clock set.
     *
     * @param entries what it had
     * @param inStep the stamp up to which others had it as well ({@link Event.StateSynced}); 0 if that is not known
     * @param own the replicas that it and those before it were, to know their writes that nobody else has yet
     * @return how many were not taken, because they do not fit their checksum or a limit
     */
    public int restore(Collection<Entry> entries, long inStep, Set<Long> own, long now, Outbox out) {
        int refused = 0;
        for (Entry entry : entries) {
            Outcome outcome = merging.merge(entry, now, out);
            refused += outcome == Outcome.REFUSED ? 1 : 0;
            if (outcome == Outcome.TAKEN && own.contains(entry.writer()) && entry.time() > inStep) {
                alone.wrote(null, entry);
            }
        }
        settling.restore(inStep);
        return refused;
    }

    // ---- the application

    /**
     * Writes. What follows is told with {@link Event.StateChanged}.
     *
     * @return the entries written; none if it changes nothing
     * @throws IllegalArgumentException above a limit
     * @throws StateOverrun if this node has written faster than it can hand out
     * @throws IllegalStateException if there is no room, or this node takes no part
     */
    public List<Entry> write(Write write, long now, Outbox out) {
        if (!config.enabled()) {
            throw new IllegalStateException("this node takes no part in shared state");
        }
        spreading.admit(now);
        Writing writing = writing(now);
        List<Entry> entries = write instanceof Write.Fact fact
                ? ownFacts.entries(fact, writing, table, stamps(now))
                : writing.entries(write);
        refuseIfFull(entries);
        if (write instanceof Write.Fact fact) {
            ownFacts.wrote(fact, clock.wallMillis(now));
        }
        put(entries, now, out);
        counters.add(Counter.STATE_WRITES, entries.size());
        return entries;
    }

    private void refuseIfFull(List<Entry> entries) {
        for (Entry entry : entries) {
            if (!entry.deleted() && merging.full(entry, table.find(entry.id()))) {
                throw new IllegalStateException("the shared state is full: " + table.size() + " entries with "
                        + table.bytes() + " bytes, of at most " + config.maxEntries() + " and " + config.maxBytes());
            }
        }
    }

    private void put(List<Entry> entries, long now, Outbox out) {
        for (Entry entry : entries) {
            alone.wrote(table.find(entry.id()), entry);
            merging.put(entry, out);
            spreading.news(entry, 0, now, out);
        }
    }

    private Writing writing(long now) {
        return new Writing(replica, config, table, stamps(now), clock.wallMillis(now));
    }

    private LongSupplier stamps(long now) {
        return () -> clock.next(now);
    }

    // ---- from others

    /** An entry has come. */
    private void take(@Nullable Address teller, Entry entry, int hops, long now, Outbox out) {
        wanted.remove(entry.hash());
        if (merge(entry, hops, now, out) == Outcome.FORGOTTEN && teller != null) {
            sending.packet(teller, verdict(entry), out);
        }
        exchange.arrived(entry.hash(), now, out);
    }

    /** Merges an entry that has come, and tells it on if it is new. */
    private Outcome merge(Entry entry, int hops, long now, Outbox out) {
        counters.count(Counter.STATE_COPIES);
        Entry before = table.find(entry.id());
        Outcome outcome = merging.merge(entry, now, out);
        if (outcome == Outcome.TAKEN) {
            counters.count(Counter.STATE_TAKEN);
            taken(before, entry, hops, now, out);
        }
        return outcome;
    }

    private StateFrame.News verdict(Entry entry) {
        StateFrame.Pushed tombstone = new StateFrame.Pushed(entry.forgotten(replica), StateFrame.Pushed.OLD);
        return new StateFrame.News(List.of(tombstone), List.of(), List.of());
    }

    private void taken(@Nullable Entry before, Entry entry, int hops, long now, Outbox out) {
        boolean own = before != null && alone.contains(before);
        alone.replaced(before);
        if (before != null && own && entry.forgets(before)) {
            put(List.of(before.again(clock.next(now), replica)), now, out);
            return;
        }
        spreading.news(entry, hops, now, out);
        put(ownFacts.answer(entry, writing(now), stamps(now), clock.wallMillis(now)), now, out);
    }

    /** A packet about shared state. */
    public void onPacket(Address from, StateFrame frame, long now, Outbox out) {
        Member member = config.enabled() ? partners.at(from) : null;
        if (member == null) {
            counters.count(Counter.STATE_STRANGERS);
        } else if (frame instanceof StateFrame.News news) {
            onNews(from, news, now, out);
        } else if (frame instanceof StateFrame.Want want) {
            spreading.hand(member, found(want.hashes(), out), now, out);
        } else if (frame instanceof StateFrame.Summary summary) {
            exchange.onSummary(member, summary, now, out);
        } else if (frame instanceof StateFrame.Cells cells) {
            exchange.onCells(member, cells, now, out);
        } else if (frame instanceof StateFrame.MoreCells more) {
            exchange.onMoreCells(member, more, now, out);
        } else {
            counters.count(Counter.STATE_STRANGERS);
        }
    }

    private void onNews(Address from, StateFrame.News news, long now, Outbox out) {
        for (StateFrame.Pushed pushed : news.entries()) {
            take(from, pushed.entry(), pushed.hops(), now, out);
        }
        spreading.onAnnounced(from, news.announced(), false, now, out);
        spreading.onAnnounced(from, news.large(), true, now, out);
    }

    private List<Entry> found(List<Long> hashes, Outbox out) {
        List<Entry> found = new ArrayList<>();
        for (long hash : hashes) {
            Entry entry = table.find(hash);
            if (entry != null && merging.sound(entry, out)) {
                found.add(entry);
            }
        }
        return found;
    }

    /** A request about shared state over a stream. */
    public void onRequest(long stream, StateFrame frame, long now, Outbox out) {
        if (!config.enabled()) {
            counters.count(Counter.STATE_STRANGERS);
        } else if (frame instanceof StateFrame.Want want) {
            List<Entry> found = found(want.hashes(), out);
            List<Entry> first = Chunks.first(found);
            reply(stream, first, first.size() < found.size(), now, out);
        } else if (frame instanceof StateFrame.FetchAll all) {
            NavigableMap<EntryId, Entry> rest =
                    all.after() == null ? table.entries() : table.entries().tailMap(all.after(), false);
            List<Entry> chunk = Chunks.first(rest.values());
            boolean more = chunk.size() < rest.size();
            chunk.removeIf(entry -> !merging.sound(entry, out));
            reply(stream, chunk, more, now, out);
        } else if (frame instanceof StateFrame.Offer offer) {
            reply(stream, takeOffered(offer.entries(), now, out), false, now, out);
        } else if (frame instanceof StateFrame.MoreCells more) {
            exchange.onMoreCells(stream, more, now, out);
        } else {
            counters.count(Counter.STATE_STRANGERS);
        }
    }

    /** What was forgotten here, as the answer. */
    private List<Entry> takeOffered(List<Entry> entries, long now, Outbox out) {
        List<Entry> forgotten = new ArrayList<>();
        for (Entry entry : entries) {
            if (merge(entry, StateFrame.Pushed.OLD - 1, now, out) == Outcome.FORGOTTEN) {
                forgotten.add(entry.forgotten(replica));
            }
        }
        return forgotten;
    }

    private void reply(long stream, List<Entry> entries, boolean more, long now, Outbox out) {
        sending.reply(
                stream, new StateFrame.Chunk(List.copyOf(entries), more, table.size(), settling.settled(now)), out);
    }

    /** Whether this node has opened that stream for shared state. */
    public boolean owns(long stream) {
        return sending.owns(stream);
    }

    /** What came back on a stream. */
    public void onReply(long stream, StateFrame frame, long now, Outbox out) {
        if (frame instanceof StateFrame.Chunk chunk) {
            exchange.onChunk(stream, chunk, now, out);
        } else if (frame instanceof StateFrame.Cells cells) {
            exchange.onCells(stream, cells, now, out);
        } else {
            counters.count(Counter.STREAMS_UNEXPECTED);
            exchange.onFailed(stream);
        }
    }

    /** A stream of shared state has brought nothing. */
    public void onStreamFailed(long stream) {
        exchange.onFailed(stream);
    }

    /** See {@link Timer.StateRound}. */
    public void onRound(Timer.StateRound timer, long now, Outbox out) {
        spreading.onRound(timer, now, out);
    }

    /** See {@link Timer.StateExchangeTick}. */
    public void onExchangeTick(long now, Outbox out) {
        put(ownFacts.renewal(writing(now), clock.wallMillis(now)), now, out);
        exchange.onTick(now, out);
    }

    // ---- reading

    /** All entries by id, for {@link Views}; read only, valid until the next input. */
    public NavigableMap<EntryId, Entry> entries() {
        return table.entries();
    }

    /** The time of day here, in milliseconds since 1970. */
    public long wallMillis(long now) {
        return clock.wallMillis(now);
    }

    /** Who this process is among all that write. */
    public long replica() {
        return replica;
    }

    /** The last entries that could not be right. */
    public Quarantine quarantine() {
        return quarantine;
    }

    /** A sum over all entries: equal here and there means, but for one in 2^64, the same state. */
    public long sum() {
        return table.sum();
    }

    /** Figures at this moment. */
    public StateVitals vitals() {
        return new StateVitals(
                table.size(),
                table.live(),
                table.bytes(),
                spreading.size(),
                spreading.backlog(),
                wanted.size(),
                alone.size(),
                merging.horizon(),
                exchange.fetching());
    }
}
