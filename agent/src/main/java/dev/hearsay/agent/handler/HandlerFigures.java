package dev.hearsay.agent.handler;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the event handlers of an agent counted, all together. */
final class HandlerFigures {
    final AtomicLong runs = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    final AtomicLong killed = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();

    /** By name, as {@code info} shows them. */
    Map<String, String> show() {
        Map<String, String> shown = new TreeMap<>();
        shown.put("handler_events_dropped", dropped.toString());
        shown.put("handler_runs", runs.toString());
        shown.put("handler_runs_failed", failed.toString());
        shown.put("handler_runs_killed", killed.toString());
        return shown;
    }
}
