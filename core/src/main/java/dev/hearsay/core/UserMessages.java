package dev.hearsay.core;

import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.dissemination.Dissemination;
import dev.hearsay.core.dissemination.Gossip;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an application on bare memberlist says and hears: to everybody by gossip, to one member in a packet, or to one
 * member over a stream. Nobody repeats what it hears, and nothing is heard only once: both are the application's
 * business, as in memberlist.
 */
final class UserMessages {
    /** Marks the numbers of streams that carry user messages. */
    private static final long STREAMS = 1L << 33;

    private final Config config;
    private final Sizes sizes;
    private final Delegate delegate;
    private final Dissemination dissemination;
    private final Gossip gossip;
    private final Counters counters;

    /** Streams that are open: the caller's number of each. */
    private final Map<Long, Long> open = new HashMap<>();

    private long lastStream;

    UserMessages(
            Config config,
            Sizes sizes,
            Delegate delegate,
            Dissemination dissemination,
            Gossip gossip,
            Counters counters) {
        this.config = config;
        this.sizes = sizes;
        this.delegate = delegate;
        this.dissemination = dissemination;
        this.gossip = gossip;
        this.counters = counters;
    }

    void broadcast(@Nullable String key, Bytes content) {
        Message.User message = checked(content);
        dissemination.spreadUser(key, message);
    }

    void send(Address to, Bytes content, Outbox out) {
        gossip.sendWithNews(to, checked(content), out);
    }

    void sendReliably(long number, Address to, Bytes content, Outbox out) {
        refuseUnderSerf();
        long stream = STREAMS | ++lastStream;
        open.put(stream, number);
        out.open(stream, to, new StreamMessage.StreamUser(new Message.User(content)));
    }

    void onMessage(Message.User message, Outbox out) {
        if (delegate.serf()) {
            counters.count(Counter.USER_MESSAGES_UNKNOWN);
        } else {
            out.emit(new Event.UserMessage(message.content()));
        }
    }

    boolean owns(long stream) {
        return (stream & STREAMS) != 0;
    }

    void onStreamSent(long stream, Outbox out) {
        Long number = open.remove(stream);
        if (number != null) {
            out.emit(new Event.UserMessageSent(number));
        }
    }

    void onStreamFailed(long stream, StreamFailure failure, String detail, Outbox out) {
        Long number = open.remove(stream);
        if (number != null) {
            out.emit(new Event.UserMessageFailed(number, failure, detail));
        }
    }

    /** As a part among others, so that it fits beside the smallest of them. */
    private Message.User checked(Bytes content) {
        refuseUnderSerf();
        Message.User message = new Message.User(content);
        if (content.length() > maxBytes()) {
            throw new IllegalArgumentException("user message has " + content.length() + " bytes: must be at most "
                    + maxBytes() + " to fit into a packet of packetBytes; longer ones go over a stream");
        }
        return message;
    }

    /** Longest content that fits into a packet. */
    int maxBytes() {
        return maxPart(config, sizes) - sizes.of(new Message.User(Bytes.EMPTY));
    }

    /** Longest message that fits into a packet beside the smallest of others, with the layers there are now. */
    static int maxPart(Config config, Sizes sizes) {
        return config.packetBytes() - sizes.packetOverhead() - sizes.perCompound() - sizes.perPart();
    }

    /** There is no Serf's layer on bare memberlist. */
    void refuseWithoutSerf() {
        if (!delegate.serf()) {
            throw new IllegalStateException("there are no user events and queries on bare memberlist");
        }
    }

    private void refuseUnderSerf() {
        if (delegate.serf()) {
            throw new IllegalStateException("user messages are Serf's in this cluster");
        }
    }
}
