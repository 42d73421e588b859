package dev.hearsay.wire;

/** The first byte of every message: memberlist's {@code messageType}, and Serf's behind {@link #USER}. */
final class Kind {
    static final int PING = 0;
    static final int INDIRECT_PING = 1;
    static final int ACK = 2;
    static final int SUSPECT = 3;
    static final int ALIVE = 4;
    static final int DEAD = 5;
    static final int PUSH_PULL = 6;
    static final int COMPOUND = 7;
    static final int USER = 8;
    static final int COMPRESS = 9;
    static final int ENCRYPT = 10;
    static final int NACK = 11;
    static final int CHECKSUM = 12;
    static final int REFUSAL = 13;
    static final int LABEL = 0xF4;

    static final int SERF_LEAVE = 0;
    static final int SERF_JOIN = 1;
    static final int SERF_PUSH_PULL = 2;
    static final int SERF_EVENT = 3;
    static final int SERF_QUERY = 4;
    static final int SERF_ANSWER = 5;
    static final int SERF_CONFLICT_ANSWER = 6;
    static final int SERF_KEY_REQUEST = 7;
    static final int SERF_KEY_ANSWER = 8;
    static final int SERF_RELAY = 9;

    /** Behind {@link #USER}, where Serf has no such kind: an extension frame. */
    static final int HEARSAY = 0x48;

    /** The version of the extension frames that this program writes. */
    static final int EXTENSION_VERSION = 1;

    /** In an extension frame of version 1, in a stream: a guard. */
    static final int EXTENSION_GUARD = 1;

    /** In an extension frame of version 1, in a stream: a digest. */
    static final int EXTENSION_DIGEST = 2;

    /** In an extension frame of version 1, in a stream: a delta, whose push/pull follows behind the frame. */
    static final int EXTENSION_DELTA = 3;

    /** In an extension frame of version 1, in a packet: heartbeats. */
    static final int EXTENSION_HEARTBEATS = 4;

    /** In an extension frame of version 1, in packets and streams: shared state. */
    static final int EXTENSION_STATE = 5;

    private Kind() {}
}
