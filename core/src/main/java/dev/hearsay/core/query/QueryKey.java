package dev.hearsay.core.query;

import dev.hearsay.core.Message;

/** What tells one query from another: its Lamport time, and the random id that its asker gave it. */
record QueryKey(long time, int id) {
    static QueryKey of(Message.Query query) {
        return new QueryKey(query.time(), query.id());
    }
}
