package dev.hearsay.core;

import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.StateFrame;
import dev.hearsay.core.state.StateKind;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said about shared state, as short lines of text. A version is named by the last digits of its hash. */
final class StateWords {
    private StateWords() {}

    static String of(StateFrame frame) {
        if (frame instanceof StateFrame.News news) {
            return "news"
                    + news.entries().stream()
                            .map(each -> " " + of(each.entry()) + " hops " + each.hops())
                            .collect(Collectors.joining())
                    + (news.announced().isEmpty() ? "" : " has" + hashes(news.announced()))
                    + (news.large().isEmpty() ? "" : " has large" + hashes(news.large()));
        } else if (frame instanceof StateFrame.Want want) {
            return "want" + hashes(want.hashes());
        } else if (frame instanceof StateFrame.Summary summary) {
            return (summary.answer() ? "the same, exchange " : "exchange ") + summary.number() + ": " + summary.count()
                    + " entries with sum" + hash(summary.sum());
        } else if (frame instanceof StateFrame.MoreCells more) {
            return "exchange " + more.number() + ": want " + more.count() + " cells";
        } else if (frame instanceof StateFrame.Cells cells) {
            return "exchange " + cells.number() + ": " + cells.cells().size() + " cells of " + cells.count()
                    + " entries";
        } else if (frame instanceof StateFrame.FetchAll all) {
            return "want all" + (all.after() == null ? "" : " behind " + of(all.after()));
        } else if (frame instanceof StateFrame.Chunk chunk) {
            return "chunk" + entries(chunk.entries()) + (chunk.more() ? " and more" : "") + " of " + chunk.total();
        }
        return "offer" + entries(((StateFrame.Offer) frame).entries());
    }

    /** What is told about shared state; null if it is about something else. */
    static @Nullable String of(Event event) {
        if (event instanceof Event.StateChanged changed) {
            return "StateChanged " + of(changed.before()) + " -> " + of(changed.after());
        }
        if (event instanceof Event.StateQuarantined quarantined) {
            return "StateQuarantined " + of(quarantined.what().entry()) + " "
                    + quarantined.what().reason().text();
        }
        return null;
    }

    private static String of(@Nullable Entry entry) {
        return entry == null
                ? "nothing"
                : of(entry.id()) + (entry.deleted() ? " deleted" : "=" + value(entry)) + hash(entry.hash());
    }

    private static String value(Entry entry) {
        return entry.value().length() > 20
                ? entry.value().length() + " bytes"
                : "'" + SerfScript.text(entry.value()) + "'";
    }

    private static String of(EntryId id) {
        return StateKind.text(id.kind()) + " " + id.collection()
                + (id.key().length() == 0 ? "" : "/" + SerfScript.text(id.key()));
    }

    private static String entries(List<Entry> entries) {
        return entries.stream().map(entry -> " " + of(entry)).collect(Collectors.joining());
    }

    private static String hashes(List<Long> hashes) {
        return hashes.stream().map(StateWords::hash).collect(Collectors.joining());
    }

    private static String hash(long hash) {
        return String.format(" #%04x", hash & 0xFFFF);
    }
}
