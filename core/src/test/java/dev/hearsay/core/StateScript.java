package dev.hearsay.core;

import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.EntryId;
import dev.hearsay.core.state.HybridClock;
import dev.hearsay.core.state.Sketch;
import dev.hearsay.core.state.StateConfig;
import dev.hearsay.core.state.StateFrame;
import dev.hearsay.core.state.StateKind;
import dev.hearsay.core.state.Write;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Commands about shared state, beside those of {@link Script}. All of it is one map, {@code flags}; n2 is the other member.
 *
 * <pre>
 *   among-sharing                  before start: every member takes part in shared state
 *   put k v | take k               this node writes: a key and a value
 *   theirs k v 5 [damaged]         n2 has a version of its own, written 5 ms after the beginning; nothing is sent
 *   pushes k 1                     n2 pushes that version; it has gone through so many hands
 *   announces k                    n2 says that it has it
 *   wants k                        n2 wants what this node has
 *   forgets k                      n2 says that what this node has was deleted long ago
 *   state-round 1                  the timer with that number
 *   exchange-tick                  this node begins an exchange
 *   their-summary same|different   n2 begins one, with number 9
 *   says-same 1                    n2's answer to this node's exchange with that number
 *   their-cells 1                  likewise: n2 has what this node has and its own versions, but nothing that this node has in "alone"
 *   flags                          print the map
 * </pre>
 */
final class StateScript {
    /** A day in 2026, in milliseconds since 1970. */
    private static final long DAY = 1_780_000_000_000L;

    private static final long THEM = 2;
    private static final int CELLS = 12;

    /** Serf, with shared state beside it. */
    static final Delegate SHARING = new Delegate() {
        @Override
        public boolean serf() {
            return true;
        }

        @Override
        public Bytes localState(boolean join) {
            return Bytes.EMPTY;
        }

        @Override
        public StateConfig stateConfig() {
            return StateConfig.DEFAULTS;
        }
    };

    private final RecordingOutbox out;
    private final Map<String, Entry> theirs = new LinkedHashMap<>();

    StateScript(RecordingOutbox out) {
        this.out = out;
    }

    /** Sets the wall clock. */
    static Node at(Node node, long now) {
        node.state().onClock(DAY, now);
        return node;
    }

    /** Whether the words are one of these commands. */
    boolean run(Node node, List<String> w, long now, List<String> printed) {
        switch (w.get(0)) {
            case "put" -> node.state().write(new Write.MapPut("flags", bytes(w.get(1)), bytes(w.get(2)), 0), now, out);
            case "take" -> node.state().write(new Write.MapRemove("flags", bytes(w.get(1))), now, out);
            case "theirs" -> theirs.put(w.get(1), version(w));
            case "state-round" -> node.onTimer(new Timer.StateRound((int) number(w, 1)), now, out);
            case "exchange-tick" -> node.onTimer(new Timer.StateExchangeTick(), now, out);
            case "flags" ->
                node.state().entries().values().stream()
                        .filter(entry -> !entry.deleted())
                        .forEach(entry ->
                                printed.add(SerfScript.text(entry.id().key()) + "=" + SerfScript.text(entry.value())));
            default -> {
                StateFrame frame = frame(node, w, now);
                if (frame == null) {
                    return false;
                }
                node.onMessage(Script.address("n2"), new Message.State(frame), Node.ANY_LENGTH, now, out);
            }
        }
        return true;
    }

    private @Nullable StateFrame frame(Node node, List<String> w, long now) {
        return switch (w.get(0)) {
            case "pushes" -> news(their(w.get(1)), (int) number(w, 2));
            case "announces" ->
                new StateFrame.News(List.of(), List.of(their(w.get(1)).hash()), List.of());
            case "wants" -> new StateFrame.Want(List.of(own(node, w.get(1)).hash()));
            case "forgets" -> {
                Entry own = own(node, w.get(1));
                yield news(Entry.tombstone(own.id(), own.stamp(), THEM), StateFrame.Pushed.OLD);
            }
            case "their-summary" -> {
                long sum = node.state().sum() + (w.get(1).equals("same") ? 0 : 1);
                yield new StateFrame.Summary(
                        9, false, sum, node.state().entries().size(), settled(node, now));
            }
            case "says-same" ->
                new StateFrame.Summary(
                        (int) number(w, 1),
                        true,
                        node.state().sum(),
                        node.state().entries().size(),
                        settled(node, now));
            case "their-cells" -> cells(node, (int) number(w, 1), now);
            default -> null;
        };
    }

    private static StateFrame news(Entry entry, int hops) {
        return new StateFrame.News(List.of(new StateFrame.Pushed(entry, hops)), List.of(), List.of());
    }

    private StateFrame cells(Node node, int number, long now) {
        Sketch sketch = new Sketch(CELLS);
        List<Entry> entries = new ArrayList<>(theirs.values());
        for (Entry entry : node.state().entries().values()) {
            String key = SerfScript.text(entry.id().key());
            if (!key.equals("alone") && !theirs.containsKey(key)) {
                entries.add(entry);
            }
        }
        entries.forEach(entry -> sketch.add(entry.hash()));
        return new StateFrame.Cells(number, entries.size(), settled(node, now), sketch.cells(CELLS));
    }

    private static StateFrame.Settled settled(Node node, long now) {
        return new StateFrame.Settled(0, 0, node.state().wallMillis(now));
    }

    private static Entry own(Node node, String key) {
        Entry entry = node.state().entries().get(id(key));
        if (entry == null) {
            throw new IllegalArgumentException("this node has no " + key);
        }
        return entry;
    }

    private Entry their(String key) {
        Entry entry = theirs.get(key);
        if (entry == null) {
            throw new IllegalArgumentException("n2 has no " + key);
        }
        return entry;
    }

    private static Entry version(List<String> w) {
        Entry made = Entry.of(id(w.get(1)), HybridClock.at(DAY + number(w, 3)), THEM, 0, bytes(w.get(2)));
        return w.contains("damaged")
                ? new Entry(made.id(), made.stamp(), false, made.time(), THEM, 0, bytes("?"), Bytes.EMPTY, made.hash())
                : made;
    }

    private static EntryId id(String key) {
        return new EntryId(StateKind.MAP, "flags", bytes(key), 0);
    }

    private static long number(List<String> w, int index) {
        return Long.parseLong(w.get(index));
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
