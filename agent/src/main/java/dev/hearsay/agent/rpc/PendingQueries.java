package dev.hearsay.agent.rpc;

import dev.hearsay.api.IncomingQuery;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The queries that a client was told of and may still answer, by a number of the client's own: 1 for its first. Those whose
 * time is over are forgotten; if {@value #MAX} others wait, the oldest is, too. Any thread.
 */
final class PendingQueries {
    /** Most queries that wait for one client's answer. */
    static final int MAX = 512;

    private final Map<Long, IncomingQuery> queries = new LinkedHashMap<>();
    private long lastId;

    /** Remembers the query; returns its number. */
    synchronized long add(IncomingQuery query) {
        if (queries.size() == MAX) {
            queries.values().removeIf(PendingQueries::over);
        }
        if (queries.size() == MAX) {
            queries.remove(queries.keySet().iterator().next());
        }
        queries.put(++lastId, query);
        return lastId;
    }

    /** The query of that number, unless it is over or was never there. */
    synchronized @Nullable IncomingQuery find(long id) {
        IncomingQuery query = queries.get(id);
        return query == null || over(query) ? null : query;
    }

    /** Forgets a query of which the client was not told. */
    synchronized void remove(long id) {
        queries.remove(id);
    }

    private static boolean over(IncomingQuery query) {
        return query.remaining().isZero() || query.remaining().isNegative();
    }
}
