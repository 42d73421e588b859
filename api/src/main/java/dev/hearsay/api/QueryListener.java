package dev.hearsay.api;

import dev.hearsay.core.Bytes;

/**
 * Hears the answers to a query as they come. Called on the application's executor, one at a time; what it throws is logged
 * and otherwise ignored.
 */
public interface QueryListener {
    /** Hears nothing: for whoever only wants the {@link QueryResult}. */
    QueryListener SILENT = new QueryListener() {};

    /** That member has the query. */
    default void onAck(String from) {}

    /** That member answers. */
    default void onAnswer(String from, Bytes payload) {}
}
