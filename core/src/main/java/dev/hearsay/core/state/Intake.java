package dev.hearsay.core.state;

import dev.hearsay.core.Address;
import dev.hearsay.core.Outbox;
import org.jspecify.annotations.Nullable;

/** Takes entries that have come from others, on whatever way. */
interface Intake {
    /**
     * Merges an entry, and sees to what follows.
     *
     * @param teller where whoever sent it is; null if that is not known
     * @param hops the hands it has gone through
     */
    void take(@Nullable Address teller, Entry entry, int hops, long now, Outbox out);
}
