package dev.hearsay.core.query;

import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Delegate;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.Timer;
import dev.hearsay.core.dissemination.Dissemination;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Membership;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The queries that this node asks. One ends as soon as all live members that were meant when it was asked have answered, and
 * at the latest with its timeout (Serf always waits for that: its issue 509).
 */
public final class Queries {
    /** Most queries of this node that wait for answers at the same time. */
    public static final int MAX_OPEN = 1024;

    /** A query hears so many more senders than it expects, as some may have joined meanwhile; others count as stale. */
    static final int UNEXPECTED = 64;

    /** A query may take so many gossip intervals for each decimal digit of the number of members (Serf {@code QueryTimeoutMult}). */
    private static final int TIMEOUT_INTERVALS = 16;

    private final Config config;
    private final MemberTable table;
    private final Membership membership;
    private final Delegate delegate;
    private final Sizes sizes;
    private final IntSupplier longest;
    private final Heard heard;
    private final Counters counters;
    private final Prng random;

    private final Map<Long, Open> open = new HashMap<>();
    private final Map<QueryKey, Open> byKey = new HashMap<>();

    /** A query that waits for answers. */
    private static final class Open {
        final long number;
        final Message.Query query;
        /** Who was meant and has not answered. */
        final Set<String> missing = new HashSet<>();

        final Set<String> acks = new HashSet<>();
        final Set<String> answers = new HashSet<>();
        final int most;

        Open(long number, Message.Query query, List<String> meant) {
            this.number = number;
            this.query = query;
            this.missing.addAll(meant);
            this.most = meant.size() + UNEXPECTED;
        }

        /** A reachability check has no other answers than acks. */
        boolean acksAnswer() {
            return query.name().equals(Replies.PING);
        }
    }

    /**
     * Makes the queries of a node.
     *
     * @param longest how many bytes of a message fit into a packet at the moment
     */
    public Queries(
            Config config,
            MemberTable table,
            Membership membership,
            Delegate delegate,
            Sizes sizes,
            IntSupplier longest,
            Heard heard,
            Counters counters,
            Prng random) {
        this.config = config;
        this.table = table;
        this.membership = membership;
        this.delegate = delegate;
        this.sizes = sizes;
        this.longest = longest;
        this.heard = heard;
        this.counters = counters;
        this.random = random;
    }

    /** How long a query may take unless it says otherwise: nanoseconds. */
    public long defaultTimeoutNanos() {
        return config.gossipIntervalNanos() * TIMEOUT_INTERVALS * Dissemination.digits(table.live());
    }

    /**
     * Begins to wait for the answers to a question; the message that asks it goes to {@link Replies#onQuery} next, as this
     * node is one of the members.
     *
     * @throws IllegalArgumentException if the query is longer than its limit
     * @throws IllegalStateException if {@link #MAX_OPEN} queries wait already
     */
    public Message.Query ask(long number, Question question, Outbox out) {
        if (open.size() >= MAX_OPEN) {
            throw new IllegalStateException(MAX_OPEN + " queries of this node wait for answers: no more at a time");
        }
        Member self = membership.self();
        Message.Query query = new Message.Query(
                heard.time(),
                random.nextInt() >>> 1,
                self.address(),
                self.name(),
                question.filters(),
                question.ack(),
                true,
                question.relayFactor(),
                question.timeoutNanos() == 0 ? defaultTimeoutNanos() : question.timeoutNanos(),
                question.name(),
                question.payload());
        int most = Math.min(longest.getAsInt(), delegate.serfConfig().queryBytes());
        if (sizes.of(query) - 1 > most) {
            throw new IllegalArgumentException("query exceeds limit of " + most + " bytes");
        }
        Open asked = new Open(number, query, meant(query));
        open.put(number, asked);
        byKey.put(QueryKey.of(asked.query), asked);
        out.schedule(query.timeoutNanos(), new Timer.QueryDeadline(number));
        return query;
    }

    /** Names of live members that the filters let pass. */
    private List<String> meant(Message.Query query) {
        List<String> names = new java.util.ArrayList<>();
        for (int i = 0; i < table.live(); i++) {
            Member member = table.at(i);
            if (delegate.matches(query.filters(), member)) {
                names.add(member.name());
            }
        }
        return names;
    }

    /** Stops waiting; no effect if that query has ended. */
    public void cancel(long number) {
        forget(open.get(number));
    }

    /** Somebody answers, or has the query. */
    public void onAnswer(Message.QueryAnswer answer, Outbox out) {
        Open asked = byKey.get(new QueryKey(answer.time(), answer.id()));
        if (asked == null || !isNew(asked, answer)) {
            counters.count(Counter.QUERY_ANSWERS_STALE);
            return;
        }
        if (answer.ack()) {
            out.emit(new Event.QueryAcked(asked.number, answer.from()));
        } else {
            out.emit(new Event.QueryAnswered(asked.number, answer.from(), answer.payload()));
        }
        if (answer.ack() == asked.acksAnswer() && asked.missing.remove(answer.from()) && asked.missing.isEmpty()) {
            end(asked, out);
        }
    }

    private static boolean isNew(Open asked, Message.QueryAnswer answer) {
        Set<String> from = answer.ack() ? asked.acks : asked.answers;
        boolean wanted = !answer.ack() || asked.query.ack();
        return wanted && from.size() < asked.most && from.add(answer.from());
    }

    /** The time of a query is over. */
    public void onDeadline(Timer.QueryDeadline timer, Outbox out) {
        Open asked = open.get(timer.number());
        if (asked != null) {
            end(asked, out);
        }
    }

    private void end(Open asked, Outbox out) {
        forget(asked);
        // Who has failed or left meanwhile is not silent, but gone.
        List<String> silent = asked.missing.stream().filter(this::live).sorted().toList();
        out.emit(new Event.QueryEnded(asked.number, silent));
    }

    private boolean live(String name) {
        Member member = table.find(name);
        return member != null && member.state().live();
    }

    private void forget(@Nullable Open asked) {
        if (asked != null) {
            open.remove(asked.number);
            byKey.remove(QueryKey.of(asked.query));
        }
    }
}
