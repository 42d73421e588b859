package dev.hearsay.wire;

import dev.hearsay.core.StreamMessage.IntentState;
import dev.hearsay.core.StreamMessage.StatusTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Serf's part of a push/pull, which memberlist carries as bytes: one kind byte and one map. */
final class IntentStateCodec {
    /** We keep no user events yet, so we announce none. Serf sends 512 places, most of them nil. */
    static final int EVENT_PLACES = 0;

    private static final long FIELDS = Field.EVENT_TIME.bit()
            | Field.TIME.bit()
            | Field.LEFT_MEMBERS.bit()
            | Field.QUERY_TIME.bit()
            | Field.STATUS_TIMES.bit();

    private final RawReader in = new RawReader();
    private final Fields fields = new Fields(in);
    private final DropCounters drops;

    IntentStateCodec(DropCounters drops) {
        this.drops = drops;
    }

    /** Writes all six fields, names in sorted order, so that equal states are equal bytes. */
    static void write(IntentState state, int eventPlaces, RawWriter out) {
        out.octet(Kind.SERF_PUSH_PULL);
        out.map(6);
        out.key(Field.EVENT_TIME);
        out.number(state.eventTime());
        out.key(Field.EVENTS);
        out.array(eventPlaces);
        for (int i = 0; i < eventPlaces; i++) {
            out.nil();
        }
        out.key(Field.TIME);
        out.number(state.time());
        out.key(Field.LEFT_MEMBERS);
        out.array(state.left().size());
        List<String> left = new ArrayList<>(state.left());
        left.sort(Comparator.naturalOrder());
        for (String name : left) {
            out.text(name);
        }
        out.key(Field.QUERY_TIME);
        out.number(state.queryTime());
        out.key(Field.STATUS_TIMES);
        out.map(state.statusTimes().size());
        List<StatusTime> times = new ArrayList<>(state.statusTimes());
        times.sort(Comparator.comparing(StatusTime::node));
        for (StatusTime status : times) {
            out.text(status.node());
            out.number(status.time());
        }
    }

    /** Reads it; null, and counted, if it is not Serf's or cannot be read: the members around it still count. */
    @Nullable IntentState read(byte[] source, int from, int to) {
        if (from == to) {
            return null;
        }
        try {
            if (source[from] != Kind.SERF_PUSH_PULL) {
                throw new WireException(DropReason.UNKNOWN_STATE, "not Serf's state");
            }
            in.reset(source, from + 1, to);
            fields.read(FIELDS);
            List<StatusTime> times = fields.enter(Field.STATUS_TIMES) ? statusTimes() : List.of();
            List<String> left = fields.enter(Field.LEFT_MEMBERS) ? names() : List.of();
            return new IntentState(
                    fields.number(Field.TIME, Long.MAX_VALUE),
                    times,
                    left,
                    fields.number(Field.EVENT_TIME, Long.MAX_VALUE),
                    fields.number(Field.QUERY_TIME, Long.MAX_VALUE));
        } catch (WireException e) {
            drops.count(DropReason.UNKNOWN_STATE);
            return null;
        }
    }

    private List<StatusTime> statusTimes() throws WireException {
        int entries = count(in.map());
        List<StatusTime> times = new ArrayList<>(Math.min(entries, 64));
        for (int i = 0; i < entries; i++) {
            String name = name();
            if (in.peek() != RawReader.Type.NUMBER) {
                drops.count(DropReason.BAD_RECORD);
                in.skip();
                continue;
            }
            long time = in.number();
            if (name == null || time < 0) {
                drops.count(DropReason.BAD_RECORD);
            } else {
                times.add(new StatusTime(name, time));
            }
        }
        return times;
    }

    private List<String> names() throws WireException {
        int elements = count(in.array());
        List<String> names = new ArrayList<>(Math.min(elements, 64));
        for (int i = 0; i < elements; i++) {
            String name = name();
            if (name == null) {
                drops.count(DropReason.BAD_RECORD);
            } else {
                names.add(name);
            }
        }
        return names;
    }

    /** The next object as a member's name, or null if it cannot be one. */
    private @Nullable String name() throws WireException {
        if (in.peek() != RawReader.Type.RAW) {
            in.skip();
            return null;
        }
        int length = in.raw();
        int start = in.position();
        in.position(start + length);
        return length == 0 || length > Limits.NAME_BYTES ? null : Utf8.strict(in.source(), start, length);
    }

    private static int count(int announced) throws WireException {
        if (announced > Limits.CLAIMS) {
            throw new WireException(
                    DropReason.TOO_LONG, announced + " members in Serf's state: must be at most " + Limits.CLAIMS);
        }
        return announced;
    }
}
