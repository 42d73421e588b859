package dev.hearsay.agent;

import dev.hearsay.api.MemberEvent;
import java.util.HashSet;
import java.util.Set;

/** What events are called in filters, of streams as of handlers: in Serf's words, and in ours where Serf has no such event. */
public final class EventNames {
    /** A user event. */
    public static final String USER = "user";

    /** A query. */
    public static final String QUERY = "query";

    /** Those that only Hearsay has. */
    public static final Set<String> OWN =
            Set.of(of(MemberEvent.Kind.SUSPECTED), of(MemberEvent.Kind.REFUTED), of(MemberEvent.Kind.DAMPED));

    /** Those that Serf has: what {@code *} stands for. */
    public static final Set<String> SERF = serf();

    private EventNames() {}

    /** The name of a member event; empty if it has none: then no filter lets it pass. */
    public static String of(MemberEvent.Kind kind) {
        return switch (kind) {
            case JOINED -> "member-join";
            case LEFT -> "member-leave";
            case FAILED -> "member-failed";
            case UPDATED -> "member-update";
            case REAPED -> "member-reap";
            case SUSPECTED -> "member-suspect";
            case REFUTED -> "member-refute";
            case DAMPED -> "member-damp";
            case LEAVING, NAME_CONFLICT, NAME_LOST -> "";
        };
    }

    private static Set<String> serf() {
        Set<String> names = new HashSet<>(Set.of(USER, QUERY));
        for (MemberEvent.Kind kind : MemberEvent.Kind.values()) {
            names.add(of(kind));
        }
        names.removeAll(OWN);
        names.remove("");
        return Set.copyOf(names);
    }
}
