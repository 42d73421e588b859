package dev.hearsay.core.dissemination;

import dev.hearsay.core.Address;
import dev.hearsay.core.Config;
import dev.hearsay.core.Message;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.Prng;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.Timer;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.core.membership.Sampling;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills packets with hot updates: beside every packet that is sent anyway, and in packets of their own to a few random
 * members each gossip interval (memberlist {@code gossip}). While there is no news, nothing is sent.
 */
public final class Gossip {
    /** To so many members at most one piece of mail goes. */
    public static final int MAIL = 32;

    private final Config config;
    private final MemberTable table;
    private final Dissemination dissemination;
    private final Sizes sizes;
    private final Prng random;
    private final String self;

    /** Makes the gossip of the node with that name. */
    public Gossip(
            String self, Config config, MemberTable table, Dissemination dissemination, Sizes sizes, Prng random) {
        this.self = self;
        this.config = config;
        this.table = table;
        this.dissemination = dissemination;
        this.sizes = sizes;
        this.random = random;
    }

    /** Begins the rounds, at a random phase so that members do not march in step. */
    public void start(Outbox out) {
        out.schedule(random.delayBelow(config.gossipIntervalNanos()), new Timer.GossipTick());
    }

    /** One round, and the timer for the next. */
    public void onTick(long now, Outbox out) {
        out.schedule(config.gossipIntervalNanos(), new Timer.GossipTick());
        round(now, out);
    }

    /** Sends hot updates to fan-out random members, each packet filled anew; nothing if there is no news. */
    public void round(long now, Outbox out) {
        round(false, now, out);
    }

    /** Sends urgent updates only, in the same way. Returns whether anything was sent. */
    boolean forward(long now, Outbox out) {
        return round(true, now, out);
    }

    private boolean round(boolean urgent, long now, Outbox out) {
        if (dissemination.size() == 0) {
            return false;
        }
        boolean sent = false;
        for (Member member : Sampling.pick(table, config.gossipFanout(), random, m -> worthTelling(m, now))) {
            List<Message> parts = new ArrayList<>();
            dissemination.take(budget(config.packetBytes()), urgent, parts);
            if (parts.isEmpty()) {
                return sent;
            }
            send(member.address(), parts, out);
            sent = true;
        }
        return sent;
    }

    /**
     * Sends what this node has to tell straight to many (direct mail: Demers et al. 1987, section 1.2). Up to {@value #MAIL}
     * others hear it without a hop between; whomever that misses, gossip reaches.
     */
    void mail(Message message, Outbox out) {
        for (Member member :
                Sampling.pickLive(table, MAIL, random, m -> !m.name().equals(self))) {
            out.send(member.address(), message);
        }
    }

    /** Sends the message, and as many hot updates as fit beside it. */
    public void sendWithNews(Address to, Message message, Outbox out) {
        send(to, withNews(message, config.packetBytes()), out);
    }

    /**
     * Sends the message in answer to a packet, with as many hot updates as fit beside it.
     *
     * @param most bytes of the packet that is sent
     * @return the bytes of the packet; 0 if already the message alone would be longer, and nothing was sent
     */
    public int answer(Address to, Message message, int most, Outbox out) {
        int alone = sizes.packet(message);
        if (alone > most) {
            return 0;
        }
        List<Message> parts = withNews(message, Math.min(config.packetBytes(), most));
        send(to, parts, out);
        return parts.size() == 1 ? alone : sizes.packet(new Message.Compound(parts));
    }

    /** Bytes of a packet with nothing else in it. */
    public int bytes(Message message) {
        return sizes.packet(message);
    }

    /** The message, and what fits beside it into a packet of so many bytes. */
    private List<Message> withNews(Message message, int packetBytes) {
        if (dissemination.size() == 0) {
            return List.of(message);
        }
        List<Message> parts = new ArrayList<>();
        parts.add(message);
        dissemination.take(budget(packetBytes) - sizes.of(message) - sizes.perPart(), false, parts);
        return parts;
    }

    private static void send(Address to, List<Message> parts, Outbox out) {
        out.send(to, parts.size() == 1 ? parts.get(0) : new Message.Compound(List.copyOf(parts)));
    }

    private int budget(int packetBytes) {
        return packetBytes - sizes.packetOverhead() - sizes.perCompound();
    }

    /**
     * Members that have just been given up are told too: that is how they learn that they must refute. So are those that
     * have just left, in case the farewell was not theirs: else two halves that hold each other for gone never meet again.
     */
    private boolean worthTelling(Member member, long now) {
        return !member.name().equals(self)
                && (member.state().live() || now - member.since() < config.gossipToTheDeadNanos());
    }
}
