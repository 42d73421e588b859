package dev.hearsay.core.dissemination;

import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Message;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.dissemination.Update.Kind;
import dev.hearsay.core.dissemination.Update.Subject;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Rumors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hot updates. Each is sent up to a limit that grows with the logarithm of the cluster, those sent least often first,
 * among these the newest first; newer news about a member replaces older (SWIM, section 4.1; memberlist
 * {@code TransmitLimitedQueue}).
 *
 * <p>User messages have a queue of their own, and the right to a share of the bytes sent: in a large cluster under churn
 * news alone could fill every packet (memberlist issue 299). What one side does not need is the other's.
 *
 * <p>Bounded by members, not by events: of each kind (news, intents, events, queries, user messages) twice as many as there are members in
 * the table, or {@value #LEAST_BOUND} where that is more; the ones sent most often make room, and are counted. Of news and
 * intents there is one a member anyway: the bound is for members that are forgotten as fast as they are invented.
 */
public final class Dissemination implements Rumors {
    /** Most parts of a compound that we send: memberlist before 0.2.4 misreads more. */
    public static final int MAX_PARTS = 127;

    /** Updates of a kind that may be queued however few members there are (Serf {@code MaxQueueDepth}). */
    public static final int LEAST_BOUND = 4096;

    /** User messages have a right to one byte out of so many. */
    private static final int USER_SHARE = 4;

    /** Quarters of its sends that an update may use at once; the rest waits for the gossip tick. */
    private static final int URGENT_QUARTERS = 3;

    private final Config config;
    private final MemberTable table;
    private final Sizes sizes;
    private final Counters counters;
    private final TransmitQueue news;
    private final TransmitQueue user;

    /** Bytes that user messages may take before news: a message larger than one packet's share saves up for it. */
    private int credit;

    private long userMessages;
    private boolean arrived;

    /** Makes an empty queue. */
    public Dissemination(Config config, MemberTable table, Sizes sizes, Counters counters) {
        this.config = config;
        this.table = table;
        this.sizes = sizes;
        this.counters = counters;
        this.news = new TransmitQueue(sizes.perPart());
        this.user = new TransmitQueue(sizes.perPart());
    }

    @Override
    public void spread(Message.News update) {
        putNews(update, false);
    }

    @Override
    public void spreadBriefly(Message.News update) {
        putNews(update, true);
    }

    @Override
    public void spreadIntent(String node, Message.Upper intent) {
        Subject subject = new Subject(Kind.INTENT, node);
        makeRoom(news, subject);
        put(news, subject, intent, false);
    }

    @Override
    public void spreadUpper(Message.Upper message) {
        Kind kind = message instanceof Message.Query ? Kind.QUERY : Kind.EVENT;
        spreadUser(new Subject(kind, String.valueOf(++userMessages)), message);
    }

    /**
     * Spreads a user message.
     *
     * @param key a later message with the same key replaces it; null for none
     */
    public void spreadUser(@Nullable String key, Message.User message) {
        // A number is no text an application could have chosen as a key: that one has a letter in front.
        spreadUser(new Subject(Kind.USER, key == null ? String.valueOf(++userMessages) : "k" + key), message);
    }

    private void spreadUser(Subject subject, Message.Upper message) {
        makeRoom(user, subject);
        put(user, subject, message, false);
    }

    /** Number of updates still being spread. */
    public int size() {
        return news.size() + user.size();
    }

    /** Number of user events still being spread. */
    public int events() {
        return user.size(Kind.EVENT);
    }

    /** Number of queries still being spread. */
    public int queries() {
        return user.size(Kind.QUERY);
    }

    /** Whether news about that member (or an intent, if asked so) is still being spread. */
    public boolean spreading(boolean intent, String node) {
        return news.holds(new Subject(intent ? Kind.INTENT : Kind.NEWS, node));
    }

    /**
     * How often each update is sent: retransmitMult × ceil(log10(n + 1)), n the live members; but not less than what one round
     * takes, so that in a cluster of a few everybody gets it from its source.
     */
    public int transmitLimit() {
        return Math.max(config.retransmitMult() * digits(table.live()), config.gossipFanout());
    }

    /** The logarithm by which memberlist and Serf scale: ceil(log10(n + 1)), at least 1. */
    public static int digits(int members) {
        int digits = 1;
        for (long power = 10; power <= members; power *= 10) {
            digits++;
        }
        return digits;
    }

    /**
     * Takes the updates for one packet and counts them as sent once.
     *
     * @param budget bytes the packet has left, each part costing {@link Sizes#perPart()} more than itself
     * @param urgent only {@linkplain #urgent() those} that need not wait for the gossip tick
     * @param into receives the messages, at most {@code MAX_PARTS} less what it already holds
     */
    public void take(int budget, boolean urgent, List<Message> into) {
        if (budget <= 0 || size() == 0) {
            return;
        }
        int limit = transmitLimit();
        int below = urgent ? urgentBelow(limit) : Integer.MAX_VALUE;
        int briefBelow = urgent ? urgentBelow(config.retransmitMult()) : Integer.MAX_VALUE;
        int left = budget;
        if (user.size() > 0) {
            credit = Math.min(budget, credit + budget / USER_SHARE);
            int used = user.take(left, credit, below, below, into);
            credit -= used;
            left -= used;
        }
        left -= news.take(left, left, below, briefBelow, into);
        user.take(left, left, below, below, into);
        int done = news.putBack(limit, config.retransmitMult()) + user.putBack(limit, limit);
        counters.add(Counter.UPDATES_SPREAD, done);
    }

    /** Whether, since this was last asked, something came that had not been queued before. */
    boolean pollArrived() {
        boolean since = arrived;
        arrived = false;
        return since;
    }

    /** Whether there are updates that have not yet used up the sends they may use at once; at times a false yes. */
    boolean urgent() {
        int below = urgentBelow(transmitLimit());
        return news.sentLessThan(below) || user.sentLessThan(below);
    }

    /** A round at least: split over two, sends that are enough for each other member could both go to the same. */
    private int urgentBelow(int limit) {
        return Math.max(limit * URGENT_QUARTERS / 4, Math.min(limit, config.gossipFanout()));
    }

    /** For {@link PackedSpreading}: the queue of user messages. */
    TransmitQueue user() {
        return user;
    }

    /** For {@link PackedSpreading}: bytes that user messages may take before news. */
    int credit() {
        return credit;
    }

    /** For {@link PackedSpreading}: how many user messages without a key there were. */
    long numbered() {
        return userMessages;
    }

    /** For {@link PackedSpreading}: goes on as the one that had that credit and had numbered so many user messages. */
    void resume(int savedCredit, long numbered) {
        credit = savedCredit;
        userMessages = numbered;
    }

    private void putNews(Message.News update, boolean brief) {
        Subject subject = new Subject(Kind.NEWS, update.node());
        makeRoom(news, subject);
        put(news, subject, update, brief);
    }

    private void put(TransmitQueue queue, Subject subject, Message message, boolean brief) {
        arrived |= queue.put(new Update(subject, message, sizes.of(message), brief));
    }

    private void makeRoom(TransmitQueue queue, Subject subject) {
        int most = Math.max(LEAST_BOUND, 2 * table.size());
        if (queue.size(subject.kind()) >= most && !queue.holds(subject) && queue.dropOne(subject.kind())) {
            counters.count(Counter.UPDATES_DROPPED);
        }
    }
}
