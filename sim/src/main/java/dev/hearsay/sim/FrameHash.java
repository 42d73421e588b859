package dev.hearsay.sim;

import dev.hearsay.core.Prng;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.StateFrame;
import java.util.List;

/** A hash of what is said about shared state: of the hashes of entries, counts and cells; the same on every machine. */
public final class FrameHash {
    private long hash;

    private FrameHash(int type) {
        hash = Prng.mix(type);
    }

    /** The hash of what is said. */
    public static long of(StateFrame frame) {
        if (frame instanceof StateFrame.News news) {
            FrameHash all = new FrameHash(1);
            for (StateFrame.Pushed pushed : news.entries()) {
                all.entry(pushed.entry()).number(pushed.hops());
            }
            return all.hashes(news.announced()).hashes(news.large()).hash;
        } else if (frame instanceof StateFrame.Want want) {
            return new FrameHash(2).hashes(want.hashes()).hash;
        } else if (frame instanceof StateFrame.Summary summary) {
            return new FrameHash(summary.answer() ? 3 : 4)
                    .number(summary.number())
                    .number(summary.sum())
                    .number(summary.count())
                    .settled(summary.settled())
                    .hash;
        } else if (frame instanceof StateFrame.MoreCells more) {
            return new FrameHash(5).number(more.number()).number(more.count()).hash;
        } else if (frame instanceof StateFrame.Cells cells) {
            FrameHash all = new FrameHash(6).number(cells.number()).number(cells.count());
            for (StateFrame.Cell cell : cells.cells()) {
                all.number(cell.sum()).number(cell.check()).number(cell.count());
            }
            return all.settled(cells.settled()).hash;
        } else if (frame instanceof StateFrame.FetchAll fetch) {
            EntryId after = fetch.after();
            return after == null ? new FrameHash(7).hash : new FrameHash(8).id(after).hash;
        } else if (frame instanceof StateFrame.Chunk chunk) {
            return new FrameHash(chunk.more() ? 9 : 10)
                    .entries(chunk.entries())
                    .number(chunk.total())
                    .settled(chunk.settled())
                    .hash;
        }
        return new FrameHash(11).entries(((StateFrame.Offer) frame).entries()).hash;
    }

    private FrameHash number(long number) {
        hash = Prng.mix(hash * 0x9E3779B97F4A7C15L + number);
        return this;
    }

    private FrameHash settled(StateFrame.Settled settled) {
        return number(settled.horizon()).number(settled.keeps()).number(settled.wallMillis());
    }

    private FrameHash hashes(List<Long> hashes) {
        number(hashes.size());
        for (long each : hashes) {
            number(each);
        }
        return this;
    }

    private FrameHash entries(List<Entry> entries) {
        number(entries.size());
        for (Entry entry : entries) {
            entry(entry);
        }
        return this;
    }

    /** Its own hash is of all it says; but one that was changed on the way still has the one it had. */
    private FrameHash entry(Entry entry) {
        return number(entry.hash()).number(entry.intact() ? 1 : 0);
    }

    private FrameHash id(EntryId id) {
        number(id.kind()).number(id.collection().hashCode()).number(id.key().hashCode());
        return number(id.owner());
    }
}
