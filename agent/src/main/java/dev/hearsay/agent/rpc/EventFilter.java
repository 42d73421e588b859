package dev.hearsay.agent.rpc;

import dev.hearsay.agent.EventNames;
import dev.hearsay.api.IncomingQuery;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.UserEvent;
import java.util.HashSet;
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
    private final Set<String> wanted;
    private final boolean extended;

    private EventFilter(Set<String> wanted) {
        this.wanted = wanted;
        this.extended = wanted.stream().anyMatch(EventNames.OWN::contains);
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
                wanted.addAll(EventNames.SERF);
            } else if (name.equals(EventNames.USER + ":") || name.equals(EventNames.QUERY + ":")) {
                // Without a name after the colon, Serf takes it for any name.
                wanted.add(name.substring(0, name.length() - 1));
            } else if (EventNames.SERF.contains(name)
                    || EventNames.OWN.contains(name)
                    || name.startsWith(EventNames.USER + ":")
                    || name.startsWith(EventNames.QUERY + ":")) {
                wanted.add(name);
            } else {
                throw new RpcException("Invalid event filter");
            }
        }
        return new EventFilter(wanted);
    }

    /** The event's name on the wire, or an empty text if this stream does not want it. */
    String nameIfWanted(MemberEvent event) {
        String name = EventNames.of(event.kind());
        return wanted.contains(name) ? name : "";
    }

    /** Whether this stream wants it. */
    boolean wants(UserEvent event) {
        return wanted.contains(EventNames.USER) || wanted.contains(EventNames.USER + ":" + event.name());
    }

    /** Whether this stream wants it. */
    boolean wants(IncomingQuery query) {
        return wanted.contains(EventNames.QUERY) || wanted.contains(EventNames.QUERY + ":" + query.name());
    }

    /** Whether the client asked for events that only Hearsay has. */
    boolean extended() {
        return extended;
    }
}
