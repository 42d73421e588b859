package dev.hearsay.core.state;

import dev.hearsay.core.Address;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Event;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import dev.hearsay.core.Timer;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.state.StateConfig.Mode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares the state with that of another member, each interval, and fetches what is missing (anti-entropy: Demers et al. 1987). Two sums
 * tell that both have the same. If not, the other side sends {@link Sketch cells}: few at first, and as many more as it takes, so that the
 * cost grows with the difference only. What a node has not got, it fetches; in push-pull it also sends what the other has not got.
 */
final class Exchange {
    /** Cells in the first answer, beside those that the difference of the counts asks for. */
    static final int FIRST_CELLS = 12;

    /** Cells that fit into a packet; more come over a stream. */
    static final int PACKET_CELLS = StateTable.KEPT_CELLS;

    /** Bytes of a cell in a message, at most: a sum, a check and a count. */
    private static final int CELL_BYTES = Long.BYTES + Integer.BYTES + 5;

    /** Most cells: beyond that, everything is fetched. */
    static final int MOST_CELLS = 1 << 14;

    /** If the numbers of entries differ by so many, everything is fetched. */
    static final int BULK = 4096;

    /** Hashes that are asked for in a packet; more are over a stream. */
    private static final int PACKET_HASHES = 24;

    /** Hashes asked for at a time over a stream. */
    private static final int STREAM_HASHES = 8192;

    private static final int GROWTH = 3;
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final StateConfig config;
    private final StateTable table;
    private final Merging merging;
    private final Intake intake;
    private final Spreading spreading;
    private final Partners partners;
    private final Sending sending;
    private final Alone alone;
    private final Settling settling;
    private final Counters counters;
    private final HybridClock clock;
    private final Prng random;
    private @Nullable OpenExchange open;
    private int lastNumber;

    Exchange(
            StateConfig config,
            StateTable table,
            Merging merging,
            Intake intake,
            Spreading spreading,
            Partners partners,
            Sending sending,
            Alone alone,
            Settling settling,
            HybridClock clock,
            Counters counters,
            Prng random) {
        this.config = config;
        this.table = table;
        this.merging = merging;
        this.intake = intake;
        this.spreading = spreading;
        this.partners = partners;
        this.sending = sending;
        this.alone = alone;
        this.settling = settling;
        this.clock = clock;
        this.counters = counters;
        this.random = random;
    }

    void start(Outbox out) {
        out.schedule(random.delayBelow(config.exchangeNanos()), new Timer.StateExchangeTick());
    }

    /** Begins an exchange, unless one is under way. The pauses vary by a fifth, so that members do not march in step. */
    void onTick(long now, Outbox out) {
        long fifth = config.exchangeNanos() / 5;
        out.schedule(config.exchangeNanos() - fifth / 2 + random.delayBelow(fifth), new Timer.StateExchangeTick());
        settling.advance(now, out);
        OpenExchange running = open;
        if (running != null && now - running.since < patience(running)) {
            return;
        }
        if (running != null) {
            fail();
        }
        List<Member> one = partners.pick(1);
        if (!one.isEmpty()) {
            begin(one.get(0), now, out);
        }
    }

    /** Whoever waits for a packet does not wait long: it may be lost. */
    private long patience(OpenExchange running) {
        return running.stream == 0 ? config.exchangeNanos() / 2 : PATIENCE_NANOS;
    }

    private OpenExchange begin(Member with, long now, Outbox out) {
        OpenExchange begun = new OpenExchange(++lastNumber, with, clock.time(now), now, merging.refusals());
        open = begun;
        counters.count(Counter.STATE_EXCHANGES);
        sending.packet(with.address(), summary(begun.number, false, now), out);
        return begun;
    }

    private StateFrame.Summary summary(int number, boolean answer, long now) {
        return new StateFrame.Summary(number, answer, table.sum(), table.size(), settling.settled(now));
    }

    private void fail() {
        counters.count(Counter.STATE_EXCHANGES_FAILED);
        open = null;
    }

    // ---- the side that is asked

    /** Another member has so much. */
    void onSummary(Member from, StateFrame.Summary summary, long now, Outbox out) {
        if (summary.answer()) {
            onEqual(from, summary, now, out);
            return;
        }
        settling.hear(summary.settled(), now);
        Budget theirs = partners.budget(from, now);
        if (!theirs.open(now)) {
            counters.count(Counter.STATE_WITHHELD);
        } else if (summary.sum() == table.sum() && summary.count() == table.size()) {
            theirs.spend(sending.packet(from.address(), summary(summary.number(), true, now), out));
        } else {
            int more = Math.abs(summary.count() - table.size());
            int cells = more > BULK ? 0 : Math.min(packetCells(), FIRST_CELLS + 2 * more);
            theirs.spend(sending.packet(from.address(), cells(summary.number(), cells, now), out));
            if (more > BULK && summary.count() > table.size() && open == null) {
                fetchAll(begin(from, now, out), null, out);
            }
        }
    }

    /** Cells that fit into a packet of this node. */
    private int packetCells() {
        return Math.max(1, Math.min(PACKET_CELLS, sending.room() / CELL_BYTES - 2));
    }

    private StateFrame.Cells cells(int number, int count, long now) {
        return new StateFrame.Cells(
                number, table.size(), settling.settled(now), table.sketch(count).cells(count));
    }

    /** Another member needs more cells, in a packet. */
    void onMoreCells(Member from, StateFrame.MoreCells wish, long now, Outbox out) {
        Budget theirs = partners.budget(from, now);
        if (!theirs.open(now)) {
            counters.count(Counter.STATE_WITHHELD);
            return;
        }
        theirs.spend(
                sending.packet(from.address(), cells(wish.number(), Math.min(wish.count(), packetCells()), now), out));
    }

    /** The same over a stream. */
    void onMoreCells(long stream, StateFrame.MoreCells wish, long now, Outbox out) {
        sending.reply(stream, cells(wish.number(), Math.min(wish.count(), MOST_CELLS), now), out);
    }

    // ---- the side that has begun

    /** Both have the same. */
    private void onEqual(Member from, StateFrame.Summary answer, long now, Outbox out) {
        OpenExchange running = open;
        if (running == null
                || running.number != answer.number()
                || !running.with.name().equals(from.name())) {
            return;
        }
        counters.count(Counter.STATE_EXCHANGES_EQUAL);
        open = null;
        alone.equal(running.stamp);
        settling.caughtUp(running.stamp, answer.settled(), now, out);
    }

    /** Cells have come in a packet: perhaps from the member that was asked. */
    void onCells(Member from, StateFrame.Cells cells, long now, Outbox out) {
        OpenExchange running = open;
        if (running != null && running.stream == 0 && running.with.name().equals(from.name())) {
            onCells(running, cells, now, out);
        }
    }

    /** The same over a stream. */
    void onCells(long stream, StateFrame.Cells cells, long now, Outbox out) {
        OpenExchange running = open;
        if (running != null && running.stream == stream) {
            running.stream = 0;
            onCells(running, cells, now, out);
        }
    }

    private void onCells(OpenExchange running, StateFrame.Cells cells, long now, Outbox out) {
        int size = cells.cells().size();
        if (running.number != cells.number() || size < running.cells || size > MOST_CELLS) {
            return;
        }
        running.theirs = cells.settled();
        if (cells.cells().isEmpty()) {
            tooMuch(running, cells.count(), out);
            return;
        }
        running.cells = size;
        Sketch.Difference difference = table.sketch(running.cells).minus(cells.cells());
        if (difference == null) {
            askForMore(running, cells.count(), out);
        } else {
            fetch(running, difference, now, out);
        }
    }

    /** The other side holds that cells are no use. If it has less, it will ask for everything itself. */
    private void tooMuch(OpenExchange running, int count, Outbox out) {
        if (count > table.size()) {
            fetchAll(running, null, out);
        } else {
            open = null;
        }
    }

    private void askForMore(OpenExchange running, int count, Outbox out) {
        int next = Math.max(PACKET_CELLS, Math.min(MOST_CELLS, running.cells * GROWTH));
        if (running.cells >= MOST_CELLS) {
            fetchAll(running, null, out);
        } else if (running.cells < PACKET_CELLS && !running.askedForMore) {
            running.askedForMore = true;
            sending.packet(running.with.address(), new StateFrame.MoreCells(running.number, PACKET_CELLS), out);
        } else if (next > count + table.size()) {
            fetchAll(running, null, out);
        } else {
            running.stream =
                    sending.request(running.with.address(), new StateFrame.MoreCells(running.number, next), out);
        }
    }

    private void fetch(OpenExchange running, Sketch.Difference difference, long now, Outbox out) {
        alone.lacking(difference.here());
        if (config.mode() != Mode.PULL) {
            running.toGive = toGive(difference.here());
        }
        running.later = difference.there();
        fetchNext(running, now, out);
    }

    private List<Entry> toGive(List<Long> here) {
        List<Entry> entries = new ArrayList<>();
        for (long hash : here) {
            Entry entry = table.find(hash);
            if (entry != null && !spreading.tells(entry)) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private void fetchNext(OpenExchange running, long now, Outbox out) {
        List<Long> all = running.later;
        if (all.isEmpty()) {
            give(running, now, out);
            return;
        }
        int most = all.size() <= PACKET_HASHES ? PACKET_HASHES : STREAM_HASHES;
        List<Long> some = List.copyOf(all.subList(0, Math.min(most, all.size())));
        running.later = all.subList(some.size(), all.size());
        running.missing.addAll(some);
        StateFrame.Want want = new StateFrame.Want(some);
        counters.add(Counter.STATE_WANTED, some.size());
        if (all.size() <= PACKET_HASHES) {
            sending.packet(running.with.address(), want, out);
        } else {
            running.stream = sending.request(running.with.address(), want, out);
        }
    }

    /** An entry has come, on whatever way. */
    void arrived(long hash, long now, Outbox out) {
        OpenExchange running = open;
        if (running != null && running.missing.remove(hash) && running.missing.isEmpty() && running.stream == 0) {
            fetchNext(running, now, out);
        }
    }

    /** Everything has come: what the other side has not got, and has not been given meanwhile, goes there. */
    private void give(OpenExchange running, long now, Outbox out) {
        open = null;
        if (merging.refusals() == running.refusals) {
            settling.caughtUp(running.stamp, running.theirs, now, out);
        }
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : running.toGive) {
            if (table.find(entry.hash()) != null && merging.sound(entry, out)) {
                entries.add(entry);
            }
        }
        if (entries.isEmpty()) {
            return;
        }
        if (entries.size() <= PACKET_HASHES) {
            spreading.hand(running.with, entries, now, out);
        } else {
            for (List<Entry> chunk : Chunks.of(entries)) {
                sending.request(running.with.address(), new StateFrame.Offer(chunk), out);
            }
        }
    }

    private void fetchAll(OpenExchange running, @Nullable EntryId after, Outbox out) {
        running.bulk = true;
        running.stream = sending.request(running.with.address(), new StateFrame.FetchAll(after), out);
    }

    /** Entries have come over a stream, of an exchange or because they were large. */
    void onChunk(long stream, StateFrame.Chunk chunk, long now, Outbox out) {
        OpenExchange running = open != null && open.stream == stream ? open : null;
        Address teller = running == null ? null : running.with.address();
        int hops = running != null && running.bulk ? StateFrame.Pushed.OLD : StateFrame.Pushed.OLD - 1;
        for (Entry entry : chunk.entries()) {
            intake.take(teller, entry, hops, now, out);
        }
        if (running == null) {
            return;
        }
        running.stream = 0;
        running.theirs = chunk.settled();
        if (running.bulk) {
            nextOfAll(running, chunk, now, out);
        } else {
            // What the other side no longer has, it has something greater for: the next exchange finds it.
            running.missing.clear();
            fetchNext(running, now, out);
        }
    }

    private void nextOfAll(OpenExchange running, StateFrame.Chunk chunk, long now, Outbox out) {
        running.fetched += chunk.entries().size();
        boolean more = chunk.more() && !chunk.entries().isEmpty();
        out.emit(new Event.StateProgress(running.fetched, chunk.total(), !more));
        if (more) {
            fetchAll(running, chunk.entries().get(chunk.entries().size() - 1).id(), out);
        } else {
            give(running, now, out);
        }
    }

    /** A stream has brought nothing. */
    void onFailed(long stream) {
        OpenExchange running = open;
        if (running != null && running.stream == stream) {
            fail();
        }
    }

    /** Whether everything is being fetched. */
    boolean fetching() {
        return open != null && open.bulk;
    }
}
