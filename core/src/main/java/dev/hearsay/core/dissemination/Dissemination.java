package dev.hearsay.core.dissemination;

import dev.hearsay.core.Config;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Message;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.dissemination.Update.Subject;
import dev.hearsay.core.dissemination.Update.Tier;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Rumors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The queue of hot updates. Each is sent up to a limit that grows with the logarithm of the cluster, those sent least
 * often first, among these the newest first; newer news about a member replaces older (SWIM, section 4.1; memberlist
 * {@code TransmitLimitedQueue}).
 *
 * <p>Bounded: one update per member, and {@value #MAX_INTENTS} intents.
 */
public final class Dissemination implements Rumors {
    /** Most parts of a compound that we send: memberlist before 0.2.4 misreads more. */
    public static final int MAX_PARTS = 127;

    /** Most intents queued (Serf {@code MaxQueueDepth}); the ones sent most often make room. */
    public static final int MAX_INTENTS = 4096;

    /** How many updates that do not fit are skipped in search of one that does, before a packet counts as full. */
    private static final int MAX_MISFITS = 8;

    private final Config config;
    private final MemberTable table;
    private final Sizes sizes;
    private final Counters counters;

    private final Map<Subject, Update> updates = new HashMap<>();
    private final List<Tier> tiers = new ArrayList<>();
    private final List<Update> taken = new ArrayList<>();
    private int intents;

    /** Makes an empty queue. */
    public Dissemination(Config config, MemberTable table, Sizes sizes, Counters counters) {
        this.config = config;
        this.table = table;
        this.sizes = sizes;
        this.counters = counters;
    }

    @Override
    public void spread(Message.News news) {
        enqueue(new Subject(false, news.node()), news, false);
    }

    @Override
    public void spreadBriefly(Message.News news) {
        enqueue(new Subject(false, news.node()), news, true);
    }

    @Override
    public void spreadIntent(String node, Message intent) {
        if (intents >= MAX_INTENTS && !updates.containsKey(new Subject(true, node))) {
            dropOneIntent();
        }
        enqueue(new Subject(true, node), intent, false);
    }

    /** Number of updates still being spread. */
    public int size() {
        return updates.size();
    }

    /** Whether news about that member (or an intent, if asked so) is still being spread. */
    public boolean spreading(boolean intent, String node) {
        return updates.containsKey(new Subject(intent, node));
    }

    /** How often each update is sent: retransmitMult × ceil(log10(n + 1)), n the live members. */
    public int transmitLimit() {
        int digits = 0;
        for (int n = Math.max(1, table.live()); n > 0; n /= 10) {
            digits++;
        }
        return config.retransmitMult() * digits;
    }

    /**
     * Takes the updates for one packet and counts them as sent once.
     *
     * @param budget bytes the packet has left, each part costing {@link Sizes#perPart()} more than itself
     * @param into receives the messages, at most {@code MAX_PARTS} less what it already holds
     */
    public void take(int budget, List<Message> into) {
        if (updates.isEmpty()) {
            return;
        }
        int left = budget;
        int misfits = 0;
        for (int t = 0; t < tiers.size() && misfits < MAX_MISFITS; t++) {
            Update next = tiers.get(t).newest;
            while (next != null && misfits < MAX_MISFITS && into.size() < MAX_PARTS) {
                Update update = next;
                next = update.older;
                int cost = update.bytes + sizes.perPart();
                if (cost > left) {
                    misfits++;
                    continue;
                }
                left -= cost;
                into.add(update.message);
                tiers.get(t).remove(update);
                taken.add(update);
            }
        }
        putBack();
    }

    /** Only now, so that no update is taken twice for the same packet. */
    private void putBack() {
        int limit = transmitLimit();
        for (Update update : taken) {
            update.transmits++;
            if (update.transmits >= (update.brief ? config.retransmitMult() : limit)) {
                forget(update);
                counters.count(Counter.UPDATES_SPREAD);
            } else {
                tier(update.transmits).add(update);
            }
        }
        taken.clear();
    }

    private void enqueue(Subject subject, Message message, boolean brief) {
        Update older = updates.get(subject);
        if (older != null && older.message.equals(message)) {
            return;
        }
        if (older != null) {
            tier(older.transmits).remove(older);
            forget(older);
        }
        Update update = new Update(subject, message, sizes.of(message), brief);
        updates.put(subject, update);
        intents += subject.intent() ? 1 : 0;
        tier(0).add(update);
    }

    private void forget(Update update) {
        updates.remove(update.subject);
        intents -= update.subject.intent() ? 1 : 0;
    }

    private void dropOneIntent() {
        for (int t = tiers.size() - 1; t >= 0; t--) {
            for (@Nullable Update u = tiers.get(t).oldest; u != null; u = u.newer) {
                if (u.subject.intent()) {
                    tiers.get(t).remove(u);
                    forget(u);
                    counters.count(Counter.UPDATES_DROPPED);
                    return;
                }
            }
        }
    }

    private Tier tier(int transmits) {
        while (tiers.size() <= transmits) {
            tiers.add(new Tier());
        }
        return tiers.get(transmits);
    }
}
