package dev.hearsay.wire;

import dev.hearsay.core.Identity;

/**
 * Every bound of the wire formats, by name. A decoded length or count is held against its bound before anything is
 * allocated for it; what is above is dropped as {@link DropReason#TOO_LONG} unless said otherwise.
 */
public final class Limits {
    /** Longest member name, in bytes of UTF-8. memberlist has no bound; Serf's optional rule is 128. */
    public static final int NAME_BYTES = Identity.MAX_NAME_BYTES;

    /** Longest metadata of a member, in bytes (memberlist {@code MetaMaxSize}). */
    public static final int META_BYTES = Identity.MAX_META_BYTES;

    /** Most parts of a compound that we send: memberlist before 0.2.4 misreads 128 and more. */
    public static final int PARTS_SENT = 127;

    /** Most parts of a compound that can arrive: the count is one byte. */
    public static final int PARTS_RECEIVED = 255;

    /**
     * Most parts of one packet, all its compounds together: four times what a plain compound can have. Those behind are
     * dropped. Without it a packet of 2 KiB, compressed, holds 60,000 parts, each of which costs an object or an error.
     */
    public static final int PACKET_PARTS = 1024;

    /** Compounds within compounds: 1 is a plain compound, 2 a compound as a part of one. */
    public static final int COMPOUND_DEPTH = 2;

    /** How deep an unknown msgpack value may nest before we refuse to skip it ({@link DropReason#MALFORMED}). */
    public static final int MSGPACK_DEPTH = 16;

    /** Longest text of a refusal that we keep, in bytes; the rest is cut off. */
    public static final int REFUSAL_BYTES = 1024;

    /** Most members in a push/pull (the same bound as in memberlist). */
    public static final int CLAIMS = 1 << 20;

    /** Longest name of a user event or query, in bytes of UTF-8 (Serf's hard limit for a whole event). */
    public static final int SERF_NAME_BYTES = 9 << 10;

    /** Longest payload of a user event, a query or an answer, in bytes: what a packet may hold at all. */
    public static final int SERF_PAYLOAD_BYTES = 64 << 10;

    /** Most filters of a query. */
    public static final int FILTERS = 64;

    /** Most Lamport times whose events a push/pull may hold (Serf sends 512 places). */
    public static final int EVENT_PLACES = 4096;

    /** Most user events in a push/pull; what is behind them is dropped as {@link DropReason#BAD_RECORD}, one by one. */
    public static final int EVENTS = 1 << 16;

    /** Longest part of an entry of shared state that this version does not understand, in bytes. */
    public static final int STATE_EXTRA_BYTES = 64 << 10;

    /** Longest single msgpack object in a stream, in bytes: a record with everything at its bound takes below 1 KiB. */
    public static final int STREAM_OBJECT_BYTES = 64 << 10;

    /** Longest part of a push/pull that belongs to the layer above, in bytes (the same bound as in memberlist). */
    public static final int USER_STATE_BYTES = 20 << 20;

    /** Most bytes of the counters of heartbeats in a packet: 5,461 members. */
    public static final int HEARTBEAT_BYTES = 12 * 5461;

    /** Longest label, in bytes: its length is one byte. */
    public static final int LABEL_BYTES = 255;

    /** Longest user message over a stream, in bytes (the same bound as in memberlist). */
    public static final int USER_MESSAGE_BYTES = 20 << 20;

    /** Longest encrypted message in a stream, in bytes (the same bound as in memberlist): it is held until it is whole. */
    public static final int ENCRYPTED_BYTES = 20 << 20;

    /** Most bytes of one stream, all together: about 400,000 members with their tags. */
    public static final int STREAM_BYTES = 64 << 20;

    /**
     * Most bytes that the compressed parts of one packet may expand to, all together: four times the largest packet.
     * Above is a {@link DropReason#BOMB}. A sender fills a packet before it compresses, so that honest ones stay far below.
     */
    public static final int PACKET_EXPANDED_BYTES = 4 * (64 << 10);

    /** A compressed stream may expand to so many bytes, about 8,000 members, whatever its length. */
    public static final int STREAM_EXPANDED_FREELY = 1 << 20;

    /**
     * Beyond {@link #STREAM_EXPANDED_FREELY} a stream may expand to so many times its compressed bytes, and never to more
     * than {@link #STREAM_BYTES}; above is a {@link DropReason#BOMB}. Members compress to a fourth or a tenth; LZW at its
     * worst, to less than a thousandth.
     */
    public static final int STREAM_EXPANSION = 64;

    private Limits() {}
}
