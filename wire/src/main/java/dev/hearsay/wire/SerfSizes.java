package dev.hearsay.wire;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Message;

/** What Serf's messages take behind memberlist's kind byte: the arithmetic beside {@link SerfCodec}. */
final class SerfSizes {
    /** A kind byte and the header of a map with less than 16 entries. */
    private static final int HEAD = 2;

    private static final int BOOL = 1;
    /** A number below 128. */
    private static final int SMALL = 1;

    private static final int INTENT = HEAD + Field.TIME.size() + Field.NODE.size();

    private static final int EVENT =
            HEAD + Field.COALESCE.size() + BOOL + Field.TIME.size() + Field.NAME.size() + Field.PAYLOAD.size();

    private static final int QUERY = HEAD
            + Field.ADDR.size()
            + Field.FILTERS.size()
            + Field.FLAGS.size()
            + SMALL
            + Field.ID.size()
            + Field.TIME.size()
            + Field.NAME.size()
            + Field.PAYLOAD.size()
            + Field.PORT.size()
            + Field.RELAY_FACTOR.size()
            + Field.SOURCE_NODE.size()
            + Field.TIMEOUT.size();

    private static final int ANSWER = HEAD
            + Field.FLAGS.size()
            + SMALL
            + Field.FROM.size()
            + Field.ID.size()
            + Field.TIME.size()
            + Field.PAYLOAD.size();

    /** With the header of the map inside, and an empty zone. */
    private static final int RELAY = HEAD
            + Field.DEST_ADDR.size()
            + 1
            + Field.IP.size()
            + Field.PORT.size()
            + Field.ZONE.size()
            + SMALL
            + Field.DEST_NAME.size();

    /** Our own kind byte, version, kind. */
    private static final int EXTENSION = 3;

    /** With the header of the map inside. */
    private static final int HEARTBEATS = EXTENSION + 1 + Field.NODES.size();

    private SerfSizes() {}

    static int of(Message.Upper message) {
        if (message instanceof Message.LeaveIntent leave) {
            return INTENT
                    + MemberlistSizes.number(leave.time())
                    + MemberlistSizes.text(leave.node())
                    + Field.PRUNE.size()
                    + BOOL;
        } else if (message instanceof Message.JoinIntent join) {
            return INTENT + MemberlistSizes.number(join.time()) + MemberlistSizes.text(join.node());
        } else if (message instanceof Message.UserEvent event) {
            return EVENT
                    + MemberlistSizes.number(event.time())
                    + MemberlistSizes.text(event.name())
                    + MemberlistSizes.bytes(event.payload());
        } else if (message instanceof Message.Query query) {
            return query(query);
        } else if (message instanceof Message.QueryAnswer answer) {
            return ANSWER
                    + MemberlistSizes.text(answer.from())
                    + MemberlistSizes.sequence(answer.id())
                    + MemberlistSizes.number(answer.time())
                    + MemberlistSizes.bytes(answer.payload());
        } else if (message instanceof Message.Relay relay) {
            return RELAY
                    + MemberlistSizes.ip(relay.to())
                    + MemberlistSizes.number(relay.to().port())
                    + MemberlistSizes.text(relay.name())
                    + of(relay.message());
        } else if (message instanceof Message.Heartbeats heartbeats) {
            return HEARTBEATS + MemberlistSizes.raw(heartbeats.beats().size() * Message.Beat.BYTES);
        } else if (message instanceof Message.Extension frame) {
            return EXTENSION + frame.body().length();
        }
        if (message instanceof Message.State state) {
            return EXTENSION + StateCodec.size(state.frame());
        }
        return ((Message.User) message).content().length();
    }

    private static int query(Message.Query query) {
        int filters = MemberlistSizes.container(query.filters().size());
        for (Bytes filter : query.filters()) {
            filters += MemberlistSizes.bytes(filter);
        }
        return QUERY
                + filters
                + MemberlistSizes.ip(query.asker())
                + MemberlistSizes.sequence(query.id())
                + MemberlistSizes.number(query.time())
                + MemberlistSizes.text(query.name())
                + MemberlistSizes.bytes(query.payload())
                + MemberlistSizes.number(query.asker().port())
                + MemberlistSizes.number(query.relayFactor())
                + MemberlistSizes.text(query.source())
                + MemberlistSizes.number(query.timeoutNanos());
    }
}
