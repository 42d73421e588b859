package dev.hearsay.wire;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.core.state.StateFrame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of what is said about shared state: the body of an extension frame. A byte for the type, then what it has, without names;
 * numbers of changing length in groups of seven bits, the lowest first. Each entry is preceded by its length: what a later version puts
 * behind it is kept ({@link Entry#extra}).
 */
final class StateCodec {
    static final int NEWS = 1;
    static final int WANT = 2;
    static final int SUMMARY = 3;
    static final int MORE_CELLS = 4;
    static final int CELLS = 5;
    static final int FETCH_ALL = 6;
    static final int CHUNK = 7;
    static final int OFFER = 8;

    private static final int DELETED = 1;
    private static final int OWNED = 1 << 1;
    private static final int TIMED = 1 << 2;
    private static final int WRITTEN = 1 << 3;
    private static final int EXPIRING = 1 << 4;

    /** Least bytes of an entry with its length: a count above that of the bytes there are is a lie. */
    private static final int LEAST_ENTRY = 23;

    /** Bytes of a time of day in milliseconds: enough for 8,900 years. */
    private static final int WALL = 6;

    private static final int SETTLED = 2 * Long.BYTES + WALL;
    private static final int CELL = Long.BYTES + Integer.BYTES;

    private StateCodec() {}

    // ---- writing

    static void write(StateFrame frame, RawWriter out) {
        if (frame instanceof StateFrame.News news) {
            out.octet(NEWS);
            out.varint(news.entries().size());
            for (StateFrame.Pushed pushed : news.entries()) {
                out.octet(pushed.hops());
                entry(pushed.entry(), out);
            }
            hashes(news.announced(), out);
            hashes(news.large(), out);
        } else if (frame instanceof StateFrame.Want want) {
            out.octet(WANT);
            hashes(want.hashes(), out);
        } else if (frame instanceof StateFrame.Summary summary) {
            out.octet(SUMMARY);
            out.octet(summary.answer() ? 1 : 0);
            out.fixed(summary.number(), Integer.BYTES);
            out.fixed(summary.sum(), Long.BYTES);
            out.varint(summary.count());
            settled(summary.settled(), out);
        } else if (frame instanceof StateFrame.MoreCells more) {
            out.octet(MORE_CELLS);
            out.fixed(more.number(), Integer.BYTES);
            out.varint(more.count());
        } else if (frame instanceof StateFrame.Cells cells) {
            cells(cells, out);
        } else if (frame instanceof StateFrame.FetchAll all) {
            out.octet(FETCH_ALL);
            EntryId after = all.after();
            out.octet(after == null ? 0 : 1);
            if (after != null) {
                id(after, out);
                out.fixed(after.owner(), Long.BYTES);
            }
        } else if (frame instanceof StateFrame.Chunk chunk) {
            out.octet(CHUNK);
            out.octet(chunk.more() ? 1 : 0);
            out.varint(chunk.total());
            settled(chunk.settled(), out);
            entries(chunk.entries(), out);
        } else {
            out.octet(OFFER);
            entries(((StateFrame.Offer) frame).entries(), out);
        }
    }

    private static void cells(StateFrame.Cells cells, RawWriter out) {
        out.octet(CELLS);
        out.fixed(cells.number(), Integer.BYTES);
        out.varint(cells.count());
        settled(cells.settled(), out);
        out.varint(cells.cells().size());
        for (StateFrame.Cell cell : cells.cells()) {
            out.fixed(cell.sum(), Long.BYTES);
            out.fixed(cell.check(), Integer.BYTES);
            out.varint(zigzag(cell.count()));
        }
    }

    private static void settled(StateFrame.Settled settled, RawWriter out) {
        out.fixed(settled.horizon(), Long.BYTES);
        out.fixed(settled.keeps(), Long.BYTES);
        out.fixed(settled.wallMillis(), WALL);
    }

    private static void hashes(List<Long> hashes, RawWriter out) {
        out.varint(hashes.size());
        for (long hash : hashes) {
            out.fixed(hash, Long.BYTES);
        }
    }

    private static void entries(List<Entry> entries, RawWriter out) {
        out.varint(entries.size());
        for (Entry entry : entries) {
            entry(entry, out);
        }
    }

    private static void entry(Entry entry, RawWriter out) {
        int flags = flags(entry);
        out.varint(body(entry));
        out.octet(flags);
        id(entry.id(), out);
        out.fixed(entry.stamp(), Long.BYTES);
        out.fixed(entry.hash(), Long.BYTES);
        if ((flags & OWNED) != 0) {
            out.fixed(entry.id().owner(), Long.BYTES);
        }
        if ((flags & TIMED) != 0) {
            out.fixed(entry.time(), Long.BYTES);
        }
        if ((flags & WRITTEN) != 0) {
            out.fixed(entry.writer(), Long.BYTES);
        }
        if ((flags & EXPIRING) != 0) {
            out.fixed(entry.expires(), Long.BYTES);
        }
        out.varint(entry.value().length());
        out.octets(entry.value());
        out.octets(entry.extra());
    }

    private static void id(EntryId id, RawWriter out) {
        out.octet(id.kind());
        out.varint(Utf8.length(id.collection()));
        out.utf8(id.collection());
        out.varint(id.key().length());
        out.octets(id.key());
    }

    private static int flags(Entry entry) {
        return (entry.deleted() ? DELETED : 0)
                | (entry.id().owner() != 0 ? OWNED : 0)
                | (entry.time() != entry.stamp() ? TIMED : 0)
                | (entry.writer() != entry.id().owner() ? WRITTEN : 0)
                | (entry.expires() != 0 ? EXPIRING : 0);
    }

    private static long zigzag(int number) {
        return Integer.toUnsignedLong(number << 1 ^ number >> 31);
    }

    // ---- sizes

    static int size(StateFrame frame) {
        if (frame instanceof StateFrame.News news) {
            int size = 1 + varint(news.entries().size());
            for (StateFrame.Pushed pushed : news.entries()) {
                size += 1 + size(pushed.entry());
            }
            return size + sizeOfHashes(news.announced()) + sizeOfHashes(news.large());
        } else if (frame instanceof StateFrame.Want want) {
            return 1 + sizeOfHashes(want.hashes());
        } else if (frame instanceof StateFrame.Summary summary) {
            return 2 + Integer.BYTES + Long.BYTES + varint(summary.count()) + SETTLED;
        } else if (frame instanceof StateFrame.MoreCells more) {
            return 1 + Integer.BYTES + varint(more.count());
        } else if (frame instanceof StateFrame.Cells cells) {
            int size = 1
                    + Integer.BYTES
                    + varint(cells.count())
                    + SETTLED
                    + varint(cells.cells().size());
            for (StateFrame.Cell cell : cells.cells()) {
                size += CELL + varint(zigzag(cell.count()));
            }
            return size;
        } else if (frame instanceof StateFrame.FetchAll all) {
            EntryId after = all.after();
            return 2 + (after == null ? 0 : size(after) + Long.BYTES);
        } else if (frame instanceof StateFrame.Chunk chunk) {
            return 2 + varint(chunk.total()) + SETTLED + sizeOfEntries(chunk.entries());
        }
        return 1 + sizeOfEntries(((StateFrame.Offer) frame).entries());
    }

    private static int sizeOfHashes(List<Long> hashes) {
        return varint(hashes.size()) + hashes.size() * Long.BYTES;
    }

    private static int sizeOfEntries(List<Entry> entries) {
        int size = varint(entries.size());
        for (Entry entry : entries) {
            size += size(entry);
        }
        return size;
    }

    /** Bytes of an entry, its length in front included. */
    static int size(Entry entry) {
        int body = body(entry);
        return varint(body) + body;
    }

    private static int body(Entry entry) {
        return 1
                + size(entry.id())
                + 2 * Long.BYTES
                + Long.BYTES * Integer.bitCount(flags(entry) & (OWNED | TIMED | WRITTEN | EXPIRING))
                + varint(entry.value().length())
                + entry.value().length()
                + entry.extra().length();
    }

    private static int size(EntryId id) {
        int name = Utf8.length(id.collection());
        return 1 + varint(name) + name + varint(id.key().length()) + id.key().length();
    }

    static int varint(long number) {
        // Nearly all are small, and a browser counts the zeros of 32 bits many times faster than those of 64.
        int small = (int) number;
        int zeros = small == number && small >= 0
                ? Integer.SIZE + Integer.numberOfLeadingZeros(small | 1)
                : Long.numberOfLeadingZeros(number);
        return (Long.SIZE - zeros + 6) / 7;
    }

    // ---- reading

    /** Reads a frame; null if its type is a later version's. */
    static @Nullable StateFrame read(byte[] source, int from, int to) throws WireException {
        StateReader in = new StateReader(source, from, to);
        return switch (in.octet()) {
            case NEWS -> new StateFrame.News(pushed(in), hashes(in), hashes(in));
            case WANT -> new StateFrame.Want(hashes(in));
            case SUMMARY -> {
                boolean answer = in.octet() != 0;
                yield new StateFrame.Summary(in.u32(), answer, in.u64(), in.count(), settled(in));
            }
            case MORE_CELLS -> new StateFrame.MoreCells(in.u32(), in.count());
            case CELLS -> new StateFrame.Cells(in.u32(), in.count(), settled(in), cells(in));
            case FETCH_ALL -> new StateFrame.FetchAll(in.octet() == 0 ? null : after(in));
            case CHUNK -> {
                boolean more = in.octet() != 0;
                int total = in.count();
                StateFrame.Settled settled = settled(in);
                yield new StateFrame.Chunk(entries(in), more, total, settled);
            }
            case OFFER -> new StateFrame.Offer(entries(in));
            default -> null;
        };
    }

    private static List<StateFrame.Pushed> pushed(StateReader in) throws WireException {
        int count = in.count(LEAST_ENTRY);
        List<StateFrame.Pushed> pushed = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int hops = in.octet();
            pushed.add(new StateFrame.Pushed(entry(in), hops));
        }
        return pushed;
    }

    private static StateFrame.Settled settled(StateReader in) throws WireException {
        return new StateFrame.Settled(in.u64(), in.u64(), in.fixed(WALL));
    }

    private static List<Long> hashes(StateReader in) throws WireException {
        int count = in.count(Long.BYTES);
        List<Long> hashes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            hashes.add(in.u64());
        }
        return hashes;
    }

    private static List<StateFrame.Cell> cells(StateReader in) throws WireException {
        int count = in.count(CELL + 1);
        List<StateFrame.Cell> cells = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long sum = in.u64();
            int check = in.u32();
            int zigzag = (int) in.varint(0xFFFFFFFFL);
            cells.add(new StateFrame.Cell(sum, check, zigzag >>> 1 ^ -(zigzag & 1)));
        }
        return cells;
    }

    private static List<Entry> entries(StateReader in) throws WireException {
        int count = in.count(LEAST_ENTRY);
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(entry(in));
        }
        return entries;
    }

    private static EntryId after(StateReader in) throws WireException {
        EntryId id = id(in);
        return new EntryId(id.kind(), id.collection(), id.key(), in.u64());
    }

    private static EntryId id(StateReader in) throws WireException {
        int kind = in.octet();
        String collection = in.text(EntryId.MAX_COLLECTION_BYTES);
        return new EntryId(kind, collection, in.bytes(EntryId.MAX_KEY_BYTES), 0);
    }

    private static Entry entry(StateReader in) throws WireException {
        int end = in.end(in.count());
        int flags = in.octet();
        EntryId id = id(in);
        long stamp = in.u64();
        long hash = in.u64();
        if ((flags & OWNED) != 0) {
            id = new EntryId(id.kind(), id.collection(), id.key(), in.u64());
        }
        long time = (flags & TIMED) != 0 ? in.u64() : stamp;
        long writer = (flags & WRITTEN) != 0 ? in.u64() : id.owner();
        long expires = (flags & EXPIRING) != 0 ? in.u64() : 0;
        Bytes value = in.bytes(StateConfig.MOST_VALUE_BYTES);
        Bytes extra = in.rest(end, Limits.STATE_EXTRA_BYTES);
        return new Entry(id, stamp, (flags & DELETED) != 0, time, writer, expires, value, extra, hash);
    }
}
