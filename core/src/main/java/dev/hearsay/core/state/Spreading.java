package dev.hearsay.core.state;

import dev.hearsay.core.Address;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Timer;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.state.HotQueue.Hot;
import dev.hearsay.core.state.StateConfig.Mode;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells random members of entries that are new: with the entry itself while it is young, with its hash later (push, then pull: the payload goes
 * about once to each member; Mercier, Hayez, Matos 2017). Whoever is told of a hash that it has not got, asks for the entry.
 *
 * <p>Nothing is sent while there is no news. A round comes a moment after the first news, and further rounds after longer pauses;
 * while news keeps coming, there is a round in each pause, with all that has come.
 */
final class Spreading {
    /** Packets to each member in a round. What does not fit has to wait for the next. */
    static final int MOST_PACKETS = 16;

    /** The share of the members that may have an entry when it is no longer pushed: above, most copies are not needed. */
    private static final double YOUNG_SHARE = 0.1;

    private final StateConfig config;
    private final StateTable table;
    private final Partners partners;
    private final Sending sending;
    private final Wanted wanted;
    private final Counters counters;
    private final long replica;
    private final long firstDelay;
    private final HotQueue hot = new HotQueue();

    /** The timer that counts; those with other numbers are stale. */
    private int number;

    private boolean waiting;
    private boolean hadRound;
    private long lastRound;

    Spreading(
            StateConfig config,
            long replica,
            StateTable table,
            Partners partners,
            Sending sending,
            Wanted wanted,
            Counters counters,
            long firstDelay) {
        this.config = config;
        this.replica = replica;
        this.table = table;
        this.partners = partners;
        this.sending = sending;
        this.wanted = wanted;
        this.counters = counters;
        this.firstDelay = firstDelay;
    }

    /**
     * Refuses to write more while what was written waits.
     *
     * @throws StateOverrun if there are too many bytes of it
     */
    void admit(long now) {
        long backlog = hot.backlog();
        if (backlog > config.maxBacklogBytes()) {
            counters.count(Counter.STATE_OVERRUNS);
            long millis = Math.max(1, sending.budget().untilOpen(now) / 1_000_000);
            throw new StateOverrun(
                    backlog + " bytes of shared state wait to be sent: must be at most " + config.maxBacklogBytes()
                            + " (maxBacklogBytes) before more is written; try again in " + millis + " ms",
                    millis);
        }
    }

    /** Bytes of this node's own entries that have not been told of yet. */
    long backlog() {
        return hot.backlog();
    }

    /** How many entries are told of. */
    int size() {
        return hot.size();
    }

    /** Whether this version is being told of: an exchange need not care for it. */
    boolean tells(Entry entry) {
        return hot.holds(entry);
    }

    /** An entry is new here: it is told on, unless it is old. */
    void news(Entry entry, int hops, long now, Outbox out) {
        if (hops == StateFrame.Pushed.OLD || !spreads()) {
            return;
        }
        if (hot.add(new Hot(entry, hops, hops == 0 && entry.writer() == replica))) {
            counters.count(Counter.STATE_HOT_DROPPED);
        }
        schedule(now, firstDelay, out);
    }

    /** Somebody asks for entries, or an exchange has found them missing there: they get them as far as the byte budgets allow. */
    void hand(Member to, List<Entry> entries, long now, Outbox out) {
        Budget theirs = partners.budget(to, now);
        Packing packing = new Packing(sending.room());
        for (Entry entry : entries) {
            int hops = hot.hops(entry);
            packing.push(
                    entry,
                    Math.min(StateFrame.Pushed.OLD - 1, (hops < 0 ? switchHops() : hops) + 1),
                    sending.bytes(entry));
        }
        for (Packing.Packet packet : packing.packets()) {
            if (!theirs.open(now) || !sending.budget().open(now)) {
                counters.count(Counter.STATE_WITHHELD);
                return;
            }
            theirs.spend(sending.packet(to.address(), packet.news(), out));
        }
    }

    /** What somebody wants to be asked for is awaited. */
    void await(long now, Outbox out) {
        if (wanted.size() > 0) {
            schedule(now, config.roundNanos(), out);
        }
    }

    /** One round, and the timer for the next, if there is anything left to tell. */
    void onRound(Timer.StateRound timer, long now, Outbox out) {
        if (!waiting || timer.number() != number) {
            return;
        }
        waiting = false;
        wanted.askAgain(now, sending, out);
        if (hot.size() > 0) {
            round(now, out);
        }
        if (hot.size() > 0 || wanted.size() > 0) {
            schedule(now, Math.max(config.roundNanos(), sending.budget().untilOpen(now)), out);
        }
    }

    private void round(long now, Outbox out) {
        hadRound = true;
        lastRound = now;
        List<Member> members = partners.pick(config.fanout());
        if (members.isEmpty()) {
            // Alone: whoever comes finds everything in an exchange.
            hot.removeIf(each -> true);
            return;
        }
        Packing packing = new Packing(sending.room());
        int young = switchHops();
        for (Hot each : hot.inTurn()) {
            if (pushes(each, young)) {
                packing.push(each.entry, each.hops + 1, sending.bytes(each.entry), each);
            } else {
                packing.announce(each.entry, sending.bytes(each.entry), each);
            }
            if (packing.packets().size() > MOST_PACKETS) {
                break;
            }
        }
        send(packing, members, now, out);
        hot.removeIf(each -> each.rounds() >= config.rounds());
    }

    private void send(Packing packing, List<Member> members, long now, Outbox out) {
        int packets = 0;
        for (Packing.Packet packet : packing.packets()) {
            if (packets++ == MOST_PACKETS || !sending.budget().open(now)) {
                counters.count(Counter.STATE_WITHHELD);
                return;
            }
            for (Member member : members) {
                sending.packet(member.address(), packet.news(), out);
            }
            for (Hot told : packet.told()) {
                hot.told(told);
            }
        }
    }

    /** Somebody has entries, by their hashes: those that are new here are asked for. */
    void onAnnounced(Address from, List<Long> hashes, boolean large, long now, Outbox out) {
        List<Long> missing = new ArrayList<>();
        for (long hash : hashes) {
            if (table.find(hash) == null && wanted.add(hash, from, large, now)) {
                missing.add(hash);
            }
        }
        wanted.ask(from, missing, large, sending, out);
        await(now, out);
    }

    private boolean spreads() {
        return config.mode() == Mode.PUSH || config.mode() == Mode.PUSH_THEN_PULL;
    }

    private boolean pushes(Hot each, int young) {
        return config.mode() == Mode.PUSH || (each.rounds() == 0 && each.hops < young);
    }

    /** After how many hops an entry is only announced: when about a tenth of the members have it. */
    private int switchHops() {
        return config.switchHops() >= 0 ? config.switchHops() : switchHops(partners.live(), config.fanout());
    }

    /** The greatest h of which fan-out^h is at most a tenth of the members; at least 1. */
    static int switchHops(int members, int fanout) {
        int hops = 0;
        double reached = 1;
        while (reached * fanout <= members * YOUNG_SHARE && hops < StateFrame.Pushed.OLD / 2) {
            reached *= Math.max(2, fanout);
            hops++;
        }
        return Math.max(1, hops);
    }

    /** At once after a quiet time; otherwise not before a pause after the last round. */
    private void schedule(long now, long delay, Outbox out) {
        if (waiting) {
            return;
        }
        waiting = true;
        long paced = hadRound ? lastRound + config.roundNanos() - now : 0;
        out.schedule(Math.max(delay, paced), new Timer.StateRound(++number));
    }
}
