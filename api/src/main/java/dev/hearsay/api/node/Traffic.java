package dev.hearsay.api.node;

import java.util.Locale;

/** What the driver of one node counted since it started. Written on the node's loop only; copied to be read elsewhere. */
public final class Traffic {
    private final long[] values;

    /** What is counted; {@link #key()} is its name among the node's figures. */
    public enum Kind {
        /** Datagrams received, good or bad. */
        PACKETS_IN,
        /** Bytes of UDP payload received. */
        BYTES_IN,
        /** Datagrams handed to the kernel. */
        PACKETS_OUT,
        /** Bytes of UDP payload handed to the kernel. */
        BYTES_OUT,
        /** Datagrams the kernel refused to send: no route, no permission, no buffer. */
        PACKETS_OUT_FAILED,
        /** Datagrams not sent because too many bytes were waiting for the kernel. */
        PACKETS_OUT_DROPPED,
        /** Bytes received on streams, whoever opened them, as far as anybody listened. */
        STREAM_BYTES_IN,
        /** Bytes of requests and replies handed to streams. */
        STREAM_BYTES_OUT,
        /** Streams that peers opened. */
        STREAMS_IN,
        /** Moments when as many streams as may be were open and the next one had to wait. */
        STREAMS_IN_FULL,
        /** Streams of peers that were not understood. */
        STREAMS_IN_MALFORMED,
        /** Streams of peers that did not finish in time. */
        STREAMS_IN_TIMEOUT,
        /** Streams of peers closed before their time, because others waited or they held too many bytes. */
        STREAMS_IN_DISPLACED,
        /** Streams this node opened. */
        STREAMS_OUT,
        /** Streams this node opened that brought no reply. */
        STREAMS_OUT_FAILED,
        /** Decisions of the application about members that ended in an exception, and so in a refusal. */
        VETOES_FAILED;

        /** The name in lower case. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Nothing yet. */
    public Traffic() {
        this(new long[Kind.values().length]);
    }

    private Traffic(long[] values) {
        this.values = values;
    }

    /** One more. */
    public void count(Kind kind) {
        values[kind.ordinal()]++;
    }

    /** Some more. */
    public void add(Kind kind, long amount) {
        values[kind.ordinal()] += amount;
    }

    /** How many or how much. */
    public long get(Kind kind) {
        return values[kind.ordinal()];
    }

    /** The values as they are now. */
    public Traffic copy() {
        return new Traffic(values.clone());
    }
}
