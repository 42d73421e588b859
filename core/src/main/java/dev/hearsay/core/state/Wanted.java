package dev.hearsay.core.state;

import dev.hearsay.core.Address;
import dev.hearsay.core.Counters;
import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.Outbox;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The entries that this node has asked for and not got yet: each is asked for once, and again of the next who announced it, if it does not
 * come. At most {@value #MOST}; what is announced beyond that, an exchange has to bring.
 */
final class Wanted {
    static final int MOST = 4096;

    /** Whom else to ask. */
    private static final int MOST_OTHERS = 3;

    /** An entry that is awaited. */
    private static final class Awaited {
        final boolean large;
        final List<Address> others = new ArrayList<>();
        long askedAt;

        long patience;

        Awaited(boolean large, long askedAt, long patience) {
            this.patience = patience;
            this.large = large;
            this.askedAt = askedAt;
        }
    }

    private final long patience;
    private final Counters counters;
    private final Map<Long, Awaited> byHash = new LinkedHashMap<>();

    /** Asks again after so many nanoseconds. */
    Wanted(long patience, Counters counters) {
        this.patience = patience;
        this.counters = counters;
    }

    int size() {
        return byHash.size();
    }

    /** Somebody has an entry that is new here. Returns whether to ask for it now; otherwise it is on its way. */
    boolean add(long hash, Address from, boolean large, long now) {
        Awaited known = byHash.get(hash);
        if (known == null && byHash.size() < MOST) {
            byHash.put(hash, new Awaited(large, now, patience));
            return true;
        }
        if (known != null && known.others.size() < MOST_OTHERS) {
            known.others.add(from);
        }
        return false;
    }

    /** It has come, or is not awaited any more. */
    void remove(long hash) {
        byHash.remove(hash);
    }

    /** Asks for these: in a packet, or if they do not fit into one, over a stream. */
    void ask(Address at, List<Long> hashes, boolean large, Sending sending, Outbox out) {
        int most = large ? hashes.size() : sending.room() / Sending.HASH;
        for (int from = 0; from < hashes.size(); from += most) {
            List<Long> some = List.copyOf(hashes.subList(from, Math.min(hashes.size(), from + most)));
            counters.add(Counter.STATE_WANTED, some.size());
            StateFrame.Want want = new StateFrame.Want(some);
            if (large) {
                sending.request(at, want, out);
            } else {
                sending.packet(at, want, out);
            }
        }
    }

    /** Asks the next for what has not come; if there is nobody, it is given up. */
    void askAgain(long now, Sending sending, Outbox out) {
        Iterator<Map.Entry<Long, Awaited>> all = byHash.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Long, Awaited> next = all.next();
            Awaited awaited = next.getValue();
            if (now - awaited.askedAt < awaited.patience) {
                continue;
            }
            @Nullable Address other = awaited.others.isEmpty() ? null : awaited.others.remove(0);
            if (other == null) {
                all.remove();
            } else {
                awaited.askedAt = now;
                // Whoever does not answer may have too much to do: asking ever more would not help.
                awaited.patience *= 2;
                ask(other, List.of(next.getKey()), awaited.large, sending, out);
            }
        }
    }
}
