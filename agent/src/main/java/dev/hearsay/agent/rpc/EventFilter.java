package dev.hearsay.agent.rpc;

import dev.hearsay.api.IncomingQuery;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.UserEvent;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which events a {@code stream} wants: a comma list of {@code member-join}, {@code member-leave}, {@code member-failed},
 * {@code member-update}, {@code member-reap}, {@code user}, {@code user:NAME}, {@code query}, {@code query:NAME}, and
 * {@code *} for all of these (Serf's {@code ParseEventFilter}).
 *
 * <p>Hearsay adds {@code member-suspect}, {@code member-refute} and {@code member-damp}. They are not part of {@code *}: a
 * tool made for Serf never sees an event that Serf does not have. A stream that asks for one of them also gets {@code By} in
 * its events, the name of the accuser.
 */
final class EventFilter {
    private static final String USER = "user";
    private static final String QUERY = "query";
    private static final Map<MemberEvent.Kind, String> NAMES = new EnumMap<>(MemberEvent.Kind.class);
    /** What {@code *} stands for. */
    private static final Set<String> SERF_NAMES =
            Set.of("member-join", "member-leave", "member-failed", "member-update", "member-reap", USER, QUERY);

    private static final Set<String> OWN_NAMES = Set.of("member-suspect", "member-refute", "member-damp");

    static {
        NAMES.put(MemberEvent.Kind.JOINED, "member-join");
        NAMES.put(MemberEvent.Kind.LEFT, "member-leave");
        NAMES.put(MemberEvent.Kind.FAILED, "member-failed");
        NAMES.put(MemberEvent.Kind.UPDATED, "member-update");
        NAMES.put(MemberEvent.Kind.REAPED, "member-reap");
        NAMES.put(MemberEvent.Kind.SUSPECTED, "member-suspect");
        NAMES.put(MemberEvent.Kind.REFUTED, "member-refute");
        NAMES.put(MemberEvent.Kind.DAMPED, "member-damp");
    }

    private final Set<String> wanted;
    private final boolean extended;

    private EventFilter(Set<String> wanted) {
        this.wanted = wanted;
        this.extended = wanted.stream().anyMatch(OWN_NAMES::contains);
    }

    /**
     * The filter that the text describes; an empty text is {@code *}.
     *
     * @throws RpcException "Invalid event filter" if a part of it is unknown
     */
    static EventFilter parse(String text) throws RpcException {
        Set<String> wanted = new HashSet<>();
        for (String part : text.isEmpty() ? new String[] {"*"} : text.split(",", -1)) {
            String name = part.trim();
            if (name.equals("*")) {
                wanted.addAll(SERF_NAMES);
            } else if (name.equals(USER + ":") || name.equals(QUERY + ":")) {
                // Without a name after the colon, Serf takes it for any name.
                wanted.add(name.substring(0, name.length() - 1));
            } else if (SERF_NAMES.contains(name)
                    || OWN_NAMES.contains(name)
                    || name.startsWith(USER + ":")
                    || name.startsWith(QUERY + ":")) {
                wanted.add(name);
            } else {
                throw new RpcException("Invalid event filter");
            }
        }
        return new EventFilter(wanted);
    }

    /** The event's name on the wire, or an empty text if this stream does not want it. */
    String nameIfWanted(MemberEvent event) {
        String name = NAMES.getOrDefault(event.kind(), "");
        return wanted.contains(name) ? name : "";
    }

    /** Whether this stream wants it. */
    boolean wants(UserEvent event) {
        return wanted.contains(USER) || wanted.contains(USER + ":" + event.name());
    }

    /** Whether this stream wants it. */
    boolean wants(IncomingQuery query) {
        return wanted.contains(QUERY) || wanted.contains(QUERY + ":" + query.name());
    }

    /** Whether the client asked for events that only Hearsay has. */
    boolean extended() {
        return extended;
    }
}
