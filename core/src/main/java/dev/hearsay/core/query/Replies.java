package dev.hearsay.core.query;

import dev.hearsay.core.Address;
import dev.hearsay.core.AnswerBudget;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Delegate;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Membership;
import dev.hearsay.core.membership.Rumors;
import dev.hearsay.core.membership.Sampling;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The other side of queries: repeats those it hears, answers those that mean this node, and passes answers of others on.
 *
 * <p>A forged query must not turn the cluster against somebody: unless it is authenticated, answers go only to addresses of
 * members.
 */
public final class Replies {
    /** How the names of Serf's own queries begin. */
    public static final String INTERNAL = "_serf_";

    /** The query that is answered by an ack alone: who can be reached? */
    public static final String PING = INTERNAL + "ping";

    /** Most queries that wait for this node's answer; the one that has waited longest makes room. */
    public static final int MAX_WAITING = 1024;

    /** Most relays for one answer, however many the asker wants: else one packet could have each member send 255. */
    public static final int MAX_RELAYS = 8;

    /** Members of older protocols know no relays. */
    private static final int RELAY_SINCE_PROTOCOL = 5;

    private final MemberTable table;
    private final Membership membership;
    private final Delegate delegate;
    private final Sizes sizes;
    private final IntSupplier longest;
    private final Heard heard;
    private final Queries own;
    private final AnswerBudget budget;
    private final Rumors rumors;
    private final Counters counters;
    private final Prng random;

    private final Map<QueryKey, Waiting> waiting = new LinkedHashMap<>();

    private record Waiting(Message.Query query, long deadline) {}

    /**
     * Makes the answering side.
     *
     * @param longest how many bytes of a message fit into a packet at the moment
     * @param own where answers to this node's own queries go
     * @param budget of what is sent in answer to the packet at hand
     */
    public Replies(
            MemberTable table,
            Membership membership,
            Delegate delegate,
            Sizes sizes,
            IntSupplier longest,
            Heard heard,
            Queries own,
            AnswerBudget budget,
            Rumors rumors,
            Counters counters,
            Prng random) {
        this.table = table;
        this.membership = membership;
        this.delegate = delegate;
        this.sizes = sizes;
        this.longest = longest;
        this.heard = heard;
        this.own = own;
        this.budget = budget;
        this.rumors = rumors;
        this.counters = counters;
        this.random = random;
    }

    /** Somebody asks, perhaps this node. New queries are repeated, whomever they mean. */
    public void onQuery(Message.Query query, long now, Outbox out) {
        if (!heard.isNew(query)) {
            return;
        }
        if (query.repeat()) {
            rumors.spreadUpper(query);
        }
        if (!delegate.matches(query.filters(), membership.self())) {
            return;
        }
        // With a key, whoever asks is trusted; he may be one whose name another has meanwhile.
        if (!budget.authenticated() && memberAt(query.source(), query.asker()) == null) {
            counters.count(Counter.QUERIES_REFUSED);
            return;
        }
        if (query.ack()) {
            send(query, answer(query, true, Bytes.EMPTY), out);
        }
        if (!query.name().equals(PING)) {
            makeRoom(now);
            waiting.put(QueryKey.of(query), new Waiting(query, now + query.timeoutNanos()));
            out.emit(new Event.QueryAsked(
                    query.time(), query.id(), query.name(), query.payload(), query.source(), query.timeoutNanos()));
        }
    }

    private void makeRoom(long now) {
        if (waiting.size() < MAX_WAITING) {
            return;
        }
        waiting.values().removeIf(each -> now > each.deadline);
        Iterator<QueryKey> oldest = waiting.keySet().iterator();
        if (waiting.size() >= MAX_WAITING) {
            oldest.next();
            oldest.remove();
            counters.count(Counter.QUERIES_REFUSED);
        }
    }

    /**
     * This node's answer to a query.
     *
     * @throws IllegalArgumentException above a limit, in Serf's words
     * @throws IllegalStateException if there was an answer before, or it is too late, in Serf's words
     */
    public void answer(long time, int id, Bytes payload, long now, Outbox out) {
        Waiting asked = waiting.get(new QueryKey(time, id));
        if (asked == null) {
            throw new IllegalStateException("response already sent");
        }
        Message.QueryAnswer answer = answer(asked.query, false, payload);
        int most = Math.min(longest.getAsInt(), delegate.serfConfig().answerBytes());
        if (sizes.of(answer) - 1 > most) {
            throw new IllegalArgumentException("response exceeds limit of " + most + " bytes");
        }
        waiting.remove(new QueryKey(time, id));
        if (now > asked.deadline) {
            throw new IllegalStateException("response is past the deadline");
        }
        send(asked.query, answer, out);
    }

    private Message.QueryAnswer answer(Message.Query query, boolean ack, Bytes payload) {
        return new Message.QueryAnswer(
                query.time(), query.id(), membership.self().name(), ack, payload);
    }

    private void send(Message.Query query, Message.QueryAnswer answer, Outbox out) {
        if (query.asker().equals(membership.self().address())) {
            own.onAnswer(answer, out);
            return;
        }
        out.send(query.asker(), answer);
        Message.Relay relay = new Message.Relay(query.asker(), query.source(), answer);
        if (query.relayFactor() == 0
                || table.live() <= query.relayFactor()
                || sizes.of(relay) - 1 > longest.getAsInt()) {
            return;
        }
        List<Member> relays = Sampling.pickLive(table, query.relayFactor(), random, this::canRelay);
        for (Member each : relays) {
            if (!each.address().equals(query.asker())) {
                out.send(each.address(), relay);
            }
        }
    }

    private boolean canRelay(Member member) {
        return member.state() == MemberState.ALIVE
                && !membership.isSelf(member)
                && member.versions().protocolMax() >= RELAY_SINCE_PROTOCOL;
    }

    /**
     * Somebody wants an answer passed on. It goes to members only, nobody else may have it sent anywhere; and it is no longer
     * than the packet it came in, unless that is authenticated: compressed, it could be a tenth.
     */
    public void onRelay(Message.Relay relay, Outbox out) {
        Member to = memberAt(relay.name(), relay.to());
        int bytes = sizes.packet(relay.message());
        if (to == null || !(relay.message() instanceof Message.QueryAnswer) || bytes > budget.left()) {
            counters.count(Counter.QUERY_RELAYS_REFUSED);
            return;
        }
        budget.spend(bytes);
        counters.count(Counter.QUERY_ANSWERS_RELAYED);
        if (membership.isSelf(to)) {
            own.onAnswer((Message.QueryAnswer) relay.message(), out);
        } else {
            out.send(to.address(), relay.message());
        }
    }

    /** The live member at that address, which its name, if known, tells sooner. */
    private @Nullable Member memberAt(String name, Address address) {
        Member named = table.find(name);
        if (named != null && named.address().equals(address)) {
            return named;
        }
        for (int i = 0; i < table.live(); i++) {
            if (table.at(i).address().equals(address)) {
                return table.at(i);
            }
        }
        return null;
    }
}
