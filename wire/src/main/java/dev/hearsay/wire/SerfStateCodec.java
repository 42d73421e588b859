package dev.hearsay.wire;

import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage.SerfState;
import dev.hearsay.core.StreamMessage.StatusTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Serf's part of a push/pull, which memberlist carries as bytes: one kind byte and one map. */
final class SerfStateCodec {
    /** We send the times at which there were events, one after the other. Serf sends 512 places, most of them nil. */
    static final int EVENT_PLACES = 0;

    private static final int HEAD = 2
            + Field.EVENT_TIME.size()
            + Field.EVENTS.size()
            + Field.TIME.size()
            + Field.LEFT_MEMBERS.size()
            + Field.QUERY_TIME.size()
            + Field.STATUS_TIMES.size();

    /** The header of a map, the keys. */
    private static final int EVENTS_OF_A_TIME = 1 + Field.EVENTS.size() + Field.TIME.size();

    private static final int EVENT = 1 + Field.NAME.size() + Field.PAYLOAD.size();

    private static final long FIELDS = Field.EVENT_TIME.bit()
            | Field.EVENTS.bit()
            | Field.TIME.bit()
            | Field.LEFT_MEMBERS.bit()
            | Field.QUERY_TIME.bit()
            | Field.STATUS_TIMES.bit();

    private final RawReader in = new RawReader();
    private final Fields fields = new Fields(in);
    private final Fields ofTime = new Fields(in);
    private final Fields ofEvent = new Fields(in);
    private final DropCounters drops;

    SerfStateCodec(DropCounters drops) {
        this.drops = drops;
    }

    /**
     * Bytes that {@link #write} writes.
     *
     * @param eventPlaces as many as Serf has; 0 for as many as there are times with events
     */
    static long size(SerfState state, int eventPlaces) {
        long total = (long) HEAD
                + MemberlistSizes.number(state.eventTime())
                + MemberlistSizes.number(state.time())
                + MemberlistSizes.number(state.queryTime());
        List<List<Message.UserEvent>> times = byTime(state.events());
        total += MemberlistSizes.container(eventPlaces == 0 ? times.size() : eventPlaces);
        total += eventPlaces == 0 ? 0 : eventPlaces - times.size();
        for (List<Message.UserEvent> events : times) {
            total += EVENTS_OF_A_TIME + MemberlistSizes.number(events.get(0).time());
            total += MemberlistSizes.container(events.size());
            for (Message.UserEvent event : events) {
                total += EVENT + MemberlistSizes.text(event.name()) + MemberlistSizes.bytes(event.payload());
            }
        }
        total += MemberlistSizes.container(state.left().size());
        for (String name : state.left()) {
            total += MemberlistSizes.text(name);
        }
        total += MemberlistSizes.container(state.statusTimes().size());
        for (StatusTime status : state.statusTimes()) {
            total += MemberlistSizes.text(status.node()) + MemberlistSizes.number(status.time());
        }
        return total;
    }

    /** The events of each time, in the order they are in. */
    private static List<List<Message.UserEvent>> byTime(List<Message.UserEvent> events) {
        List<List<Message.UserEvent>> times = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= events.size(); i++) {
            if (i == events.size() || events.get(i).time() != events.get(from).time()) {
                times.add(events.subList(from, i));
                from = i;
            }
        }
        return times;
    }

    private static void events(List<Message.UserEvent> events, int places, RawWriter out) {
        List<List<Message.UserEvent>> times = byTime(events);
        if (places == 0) {
            out.array(times.size());
            times.forEach(each -> eventsOfATime(each, out));
            return;
        }
        // As Serf does: each time has its place in a ring.
        out.array(places);
        for (int i = 0; i < places; i++) {
            int place = i;
            times.stream()
                    .filter(each -> each.get(0).time() % places == place)
                    .findFirst()
                    .ifPresentOrElse(each -> eventsOfATime(each, out), out::nil);
        }
    }

    private static void eventsOfATime(List<Message.UserEvent> events, RawWriter out) {
        out.map(2);
        out.key(Field.EVENTS);
        out.array(events.size());
        for (Message.UserEvent event : events) {
            out.map(2);
            out.key(Field.NAME);
            out.text(event.name());
            out.key(Field.PAYLOAD);
            out.bytesOrNil(event.payload());
        }
        out.key(Field.TIME);
        out.number(events.get(0).time());
    }

    /** Writes all six fields, names in sorted order, so that equal states are equal bytes. */
    static void write(SerfState state, int eventPlaces, RawWriter out) {
        out.octet(Kind.SERF_PUSH_PULL);
        out.map(6);
        out.key(Field.EVENT_TIME);
        out.number(state.eventTime());
        out.key(Field.EVENTS);
        events(state.events(), eventPlaces, out);
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
    @Nullable SerfState read(byte[] source, int from, int to) {
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
            List<Message.UserEvent> events = fields.enter(Field.EVENTS) ? events() : List.of();
            return new SerfState(
                    fields.number(Field.TIME, Long.MAX_VALUE),
                    times,
                    left,
                    fields.number(Field.EVENT_TIME, Long.MAX_VALUE),
                    fields.number(Field.QUERY_TIME, Long.MAX_VALUE),
                    events);
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

    /** In the order of time, whatever their order was. One that cannot be read costs only itself. */
    private List<Message.UserEvent> events() throws WireException {
        int places = in.array();
        if (places > Limits.EVENT_PLACES) {
            throw new WireException(
                    DropReason.TOO_LONG, places + " places for events: must be at most " + Limits.EVENT_PLACES);
        }
        List<Message.UserEvent> events = new ArrayList<>();
        for (int i = 0; i < places; i++) {
            int start = in.position();
            in.skip();
            int end = in.position();
            in.position(start);
            try {
                if (in.peek() != RawReader.Type.NIL) {
                    eventsOfATime(events);
                }
            } catch (WireException e) {
                drops.count(DropReason.BAD_RECORD);
            }
            in.position(end);
        }
        events.sort(Comparator.comparingLong(Message.UserEvent::time));
        return List.copyOf(events);
    }

    private void eventsOfATime(List<Message.UserEvent> into) throws WireException {
        ofTime.read(Field.EVENTS.bit() | Field.TIME.bit());
        long time = ofTime.number(Field.TIME, Long.MAX_VALUE);
        int count = ofTime.enter(Field.EVENTS) ? in.array() : 0;
        for (int i = 0; i < count; i++) {
            int start = in.position();
            in.skip();
            int end = in.position();
            in.position(start);
            try {
                ofEvent.read(Field.NAME.bit() | Field.PAYLOAD.bit());
                if (into.size() >= Limits.EVENTS) {
                    throw new WireException(DropReason.TOO_LONG, "more than " + Limits.EVENTS + " events");
                }
                into.add(new Message.UserEvent(
                        time,
                        ofEvent.text(Field.NAME, Limits.SERF_NAME_BYTES),
                        ofEvent.bytes(Field.PAYLOAD, Limits.SERF_PAYLOAD_BYTES),
                        false));
            } catch (WireException e) {
                drops.count(DropReason.BAD_RECORD);
            }
            in.position(end);
        }
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
