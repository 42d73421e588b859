package dev.hearsay.net.snapshot;

import dev.hearsay.core.Address;
import dev.hearsay.net.snapshot.Remembered.Known;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a snapshot, line by line (Serf's {@code Snapshotter.replay}):
 *
 * <pre>
 *   alive: NAME IP:PORT      the last space divides, as names may contain some
 *   not-alive: NAME
 *   clock: N                 event-clock: N, query-clock: N: the last one counts
 *   leave                    forget everything above, unless told to rejoin all the same
 *   # anything               and "coordinate: ...", which old releases wrote: nothing
 * </pre>
 *
 * <p>A line that is damaged costs that line. So does the last one if it does not end: half an address may look like a whole
 * one. Whatever the bytes, memory is bounded by the two constants, and nothing is thrown but what the stream throws.
 */
final class SnapshotReader {
    /** Most members remembered; the lines of more are ignored. A node finds its cluster through any of them. */
    static final int MAX_NAMES = 1 << 16;

    /** Longest line, in bytes; a longer one is ignored. Names have at most 255 bytes, but Serf writes any. */
    static final int MAX_LINE_BYTES = 4096;

    /** Longest name that is written, in bytes of UTF-8, so that its line can be read again. */
    static final int MAX_NAME_BYTES = MAX_LINE_BYTES - 64;

    private static final int BUFFER_BYTES = 1 << 14;

    private static final String ALIVE = "alive: ";
    private static final String NOT_ALIVE = "not-alive: ";
    private static final String CLOCK = "clock: ";
    private static final String EVENT_CLOCK = "event-clock: ";
    private static final String QUERY_CLOCK = "query-clock: ";

    private final boolean rejoinAfterLeave;
    private final ObjLongConsumer<String> onIgnored;

    private final CharsetDecoder text = StandardCharsets.UTF_8.newDecoder();
    private final Map<String, Address> alive = new LinkedHashMap<>();
    private long clock;
    private long eventClock;
    private long queryClock;
    private long ignored;
    private boolean torn;
    private long number;

    private SnapshotReader(boolean rejoinAfterLeave, ObjLongConsumer<String> onIgnored) {
        this.rejoinAfterLeave = rejoinAfterLeave;
        this.onIgnored = onIgnored;
    }

    /**
     * Reads everything to the end; does not close the stream.
     *
     * @param onIgnored told of each line that is ignored: why, and its number, 1 or more
     * @throws IOException if the stream does
     */
    static Remembered read(InputStream in, boolean rejoinAfterLeave, ObjLongConsumer<String> onIgnored)
            throws IOException {
        SnapshotReader reader = new SnapshotReader(rejoinAfterLeave, onIgnored);
        reader.lines(in);
        List<Known> known = new ArrayList<>();
        reader.alive.forEach((name, address) -> known.add(new Known(name, address)));
        return new Remembered(known, reader.clock, reader.eventClock, reader.queryClock, reader.ignored, reader.torn);
    }

    private void lines(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        byte[] line = new byte[MAX_LINE_BYTES];
        int length = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            for (int i = 0; i < count; i++) {
                if (buffer[i] == '\n') {
                    line(line, length);
                    length = 0;
                } else {
                    if (length < MAX_LINE_BYTES) {
                        line[length] = buffer[i];
                    }
                    // One more than there is room for says that it is too long.
                    length = Math.min(length + 1, MAX_LINE_BYTES + 1);
                }
            }
        }
        if (length > 0) {
            torn = true;
            onIgnored.accept("does not end: it was torn when the node stopped", number + 1);
        }
    }

    private void line(byte[] bytes, int length) {
        number++;
        if (length > MAX_LINE_BYTES) {
            ignore("is longer than " + MAX_LINE_BYTES + " bytes");
            return;
        }
        try {
            line(text.decode(ByteBuffer.wrap(bytes, 0, length)).toString());
        } catch (CharacterCodingException e) {
            ignore("is no text in UTF-8");
        }
    }

    private void line(String line) {
        if (line.startsWith(ALIVE)) {
            alive(line.substring(ALIVE.length()));
        } else if (line.startsWith(NOT_ALIVE)) {
            alive.remove(line.substring(NOT_ALIVE.length()));
        } else if (line.startsWith(CLOCK)) {
            clock = time(line.substring(CLOCK.length()), clock);
        } else if (line.startsWith(EVENT_CLOCK)) {
            eventClock = time(line.substring(EVENT_CLOCK.length()), eventClock);
        } else if (line.startsWith(QUERY_CLOCK)) {
            queryClock = time(line.substring(QUERY_CLOCK.length()), queryClock);
        } else if (line.equals("leave")) {
            if (!rejoinAfterLeave) {
                alive.clear();
                clock = 0;
                eventClock = 0;
                queryClock = 0;
            }
        } else if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith("coordinate: ")) {
            ignore("says nothing known: " + excerpt(line));
        }
    }

    private void alive(String rest) {
        int space = rest.lastIndexOf(' ');
        if (space < 1) {
            ignore("has no name or no address: " + excerpt(rest));
            return;
        }
        Address address = address(rest.substring(space + 1));
        String name = rest.substring(0, space);
        if (address == null) {
            ignore("has no address of the form IP:PORT: " + excerpt(rest));
        } else if (alive.size() >= MAX_NAMES && !alive.containsKey(name)) {
            ignore("is one too many: more than " + MAX_NAMES + " members");
        } else {
            alive.put(name, address);
        }
    }

    private long time(String digits, long before) {
        try {
            long time = Long.parseLong(digits);
            if (time >= 0 && Character.digit(digits.charAt(0), 10) >= 0) {
                return time;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        ignore("has no Lamport time: " + excerpt(digits));
        return before;
    }

    private static @Nullable Address address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || colon + 6 < text.length() || text.indexOf('%') >= 0) {
            return null;
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed != host.indexOf(':') >= 0) {
            return null;
        }
        byte[] ip = NetUtil.createByteArrayFromIpAddressString(host);
        int port = 0;
        for (int i = colon + 1; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            port = 10 * port + digit;
        }
        return ip == null || port < 1 || port > 0xFFFF ? null : Address.of(ip, port);
    }

    private void ignore(String why) {
        ignored++;
        onIgnored.accept(why, number);
    }

    /** For a log: short, and without what a terminal would take for commands. */
    private static String excerpt(String text) {
        StringBuilder shown = new StringBuilder("'");
        for (int i = 0; i < Math.min(text.length(), 60); i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) ? '?' : c);
        }
        return shown.append(text.length() > 60 ? "...'" : "'").toString();
    }
}
