package dev.hearsay.agent.handler;

import dev.hearsay.agent.EventNames;
import java.util.ArrayList;
import java.util.List;

/**
 * A script, and which events it hears: {@code [filter=]script}, where the filter is a comma list of {@code member-join},
 * {@code member-leave}, {@code member-failed}, {@code member-update}, {@code member-reap}, {@code user}, {@code user:NAME},
 * {@code query}, {@code query:NAME} and {@code *}; without one, the script hears everything (Serf's {@code EventScript}). Blanks
 * count, as in Serf. An event that several filters let pass runs the script once; Serf runs it for each.
 *
 * @param filters at least one
 * @param script what {@code /bin/sh -c} is given
 */
public record HandlerSpec(List<Filter> filters, String script) {
    private static final String ALL = "*";

    /**
     * One kind of event.
     *
     * @param event its kind, or {@code *} for all
     * @param name of a user event or query, the only one to hear; empty for all
     */
    public record Filter(String event, String name) {
        private boolean passes(String kind, String what) {
            return event.equals(ALL) || (event.equals(kind) && (name.isEmpty() || name.equals(what)));
        }
    }

    /**
     * Reads a specification.
     *
     * @throws IllegalArgumentException in Serf's words, if a filter is of no known kind
     */
    public static HandlerSpec parse(String text) {
        int equals = text.indexOf('=');
        String script = text.substring(equals + 1);
        String filter = equals < 1 ? ALL : text.substring(0, equals);
        List<Filter> filters = new ArrayList<>();
        for (String part : filter.split(",", -1)) {
            Filter each = filter(part);
            if (!each.event().equals(ALL) && !EventNames.SERF.contains(each.event())) {
                throw new IllegalArgumentException(
                        "Invalid event script: Event '" + part + "' invoking '" + script + "'");
            }
            filters.add(each);
        }
        return new HandlerSpec(List.copyOf(filters), script);
    }

    private static Filter filter(String part) {
        for (String named : List.of(EventNames.USER, EventNames.QUERY)) {
            if (part.startsWith(named + ":")) {
                return new Filter(named, part.substring(named.length() + 1));
            }
        }
        return new Filter(part, "");
    }

    /**
     * Whether the script hears such an event.
     *
     * @param kind as in the filter, not {@code *}
     * @param name of a user event or query; else empty
     */
    public boolean hears(String kind, String name) {
        return filters.stream().anyMatch(filter -> filter.passes(kind, name));
    }
}
