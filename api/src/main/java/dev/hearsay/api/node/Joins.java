package dev.hearsay.api.node;

import dev.hearsay.core.Address;
import dev.hearsay.core.Event;
import dev.hearsay.core.StreamFailure;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.Member;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The joins under way, by number: who waits for each, and whether its seed knows somebody else under our name.
 *
 * <p>The node reports a conflict to its listeners; here it becomes the answer to whoever called join, because a node that
 * nobody takes for itself has not joined.
 */
public final class Joins {
    private final Map<Long, Waiting> open = new HashMap<>();
    private long last;

    /** How a join through one address went: live members known then, or for a person what went wrong. */
    public record Outcome(int members, String error) {}

    private static final class Waiting {
        private final Consumer<Outcome> onDone;
        private String taken = "";

        Waiting(Consumer<Outcome> onDone) {
            this.onDone = onDone;
        }
    }

    /** A new join; returns its number, 1 or more. */
    public long begin(Consumer<Outcome> onDone) {
        open.put(++last, new Waiting(onDone));
        return last;
    }

    /** Forgets a join: its outcome interests nobody any more. */
    public void abandon(long join) {
        open.remove(join);
    }

    /** Looks at what the seed of a join knows, for a live member of our name at another address. */
    public void inspect(long join, Member self, StreamMessage reply) {
        Waiting waiting = open.get(join);
        if (waiting == null || !(reply instanceof StreamMessage.PushPull state)) {
            return;
        }
        for (Claim claim : state.claims()) {
            if (claim.node().equals(self.name())
                    && claim.state().live()
                    && !claim.address().equals(self.address())) {
                waiting.taken = taken(self.name(), claim.address());
            }
        }
    }

    /** Tells whoever waits, if the event is about a join. */
    public void on(Event event) {
        if (event instanceof Event.SeedJoined joined) {
            Waiting waiting = open.remove(joined.join());
            if (waiting != null) {
                boolean free = waiting.taken.isEmpty();
                waiting.onDone.accept(new Outcome(free ? joined.members() : 0, waiting.taken));
            }
        } else if (event instanceof Event.SeedFailed failed) {
            Waiting waiting = open.remove(failed.join());
            if (waiting != null) {
                waiting.onDone.accept(new Outcome(0, explain(failed.failure(), failed.detail())));
            }
        }
    }

    /** memberlist hangs up on a stranger without a word: what that means is for us to say. */
    private static String explain(StreamFailure failure, String detail) {
        String told = failure == StreamFailure.DENIED ? Mismatch.explainRefusal(detail) : detail;
        String text = failure.text() + (told.isEmpty() ? "" : ": " + told);
        return failure == StreamFailure.CLOSED
                ? text + "; it may have another label, or be no member of anything"
                : text;
    }

    private static String taken(String name, Address holder) {
        return "name '" + name + "' is already taken by the live member at " + holder;
    }
}
