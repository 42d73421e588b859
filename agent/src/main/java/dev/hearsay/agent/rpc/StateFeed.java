package dev.hearsay.agent.rpc;

import static dev.hearsay.agent.rpc.RpcEncoder.map;

import dev.hearsay.api.State;
import dev.hearsay.api.StateChange;
import dev.hearsay.api.StateListener;
import dev.hearsay.api.StateType;
import dev.hearsay.core.Bytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the changes that a {@code state-watch} wants into its pump. What the pump drops, and what was lost before, the client hears
 * as a number of changes in their place.
 *
 * @param type of the changes wanted; null for all
 * @param collection the name of the one wanted; empty for all
 */
record StateFeed(State state, @Nullable StateType type, String collection, RpcPump pump) implements StateListener {
    /** What a change takes beside its texts and values, about, in bytes. */
    private static final int OVERHEAD = 256;

    @Override
    public void onChange(StateChange change) {
        boolean wanted = (type == null || type == change.type())
                && (collection.isEmpty() || collection.equals(change.collection()));
        if (wanted) {
            pump.offer(new RpcPump.Item("", body(change), false, bytes(change)));
        }
    }

    @Override
    public void onGap(long dropped) {
        pump.drop(dropped);
    }

    /** What stands in the place of so many changes that were lost. */
    static RpcPump.Item gap(long changes) {
        return RpcPump.Item.of(map("Gap", changes));
    }

    private Map<String, @Nullable Object> body(StateChange change) {
        Map<String, @Nullable Object> body = map(
                "Type", change.type().text(),
                "Collection", change.collection(),
                "Key", change.key().toArray(),
                "Own", change.own(),
                "Written", change.written().toEpochMilli());
        if (change.type() == StateType.COUNTER) {
            // What one member has counted says little: the sum does.
            body.put("Number", state.counter(change.collection()).value());
        } else {
            body.put("Before", arrayOrNull(change.before()));
            body.put("After", arrayOrNull(change.after()));
        }
        return body;
    }

    private static byte @Nullable [] arrayOrNull(@Nullable Bytes bytes) {
        return bytes == null ? null : bytes.toArray();
    }

    private static long bytes(StateChange change) {
        long before = change.before() == null ? 0 : change.before().length();
        long after = change.after() == null ? 0 : change.after().length();
        return OVERHEAD + change.key().length() + 2L * change.collection().length() + before + after;
    }
}
