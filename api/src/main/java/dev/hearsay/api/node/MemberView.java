package dev.hearsay.api.node;

import dev.hearsay.api.ClusterMember;
import dev.hearsay.core.membership.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members of one snapshot in the form the application sees. What did not change since the view before is taken from
 * there, so that tags are decoded once per change of a member. Immutable.
 */
final class MemberView {
    private final long version;
    private final Map<String, Shown> byName;
    private final List<ClusterMember> ordered;

    private record Shown(Member member, ClusterMember shown) {}

    private MemberView(long version, Map<String, Shown> byName, List<ClusterMember> ordered) {
        this.version = version;
        this.byName = byName;
        this.ordered = ordered;
    }

    /** The view of the snapshot; {@code before} itself if it is already that. */
    static MemberView of(Snapshot snapshot, @Nullable MemberView before) {
        if (before != null && before.version == snapshot.version()) {
            return before;
        }
        List<Member> members = snapshot.members();
        Map<String, Shown> byName = new HashMap<>(members.size() * 2);
        List<ClusterMember> ordered = new ArrayList<>(members.size());
        for (Member member : members) {
            Shown known = before == null ? null : before.byName.get(member.name());
            Shown shown =
                    known != null && known.member.equals(member) ? known : new Shown(member, Events.toApi(member));
            byName.put(member.name(), shown);
            ordered.add(shown.shown);
        }
        ordered.sort(Comparator.comparing(ClusterMember::name));
        return new MemberView(snapshot.version(), byName, List.copyOf(ordered));
    }

    /** Everybody, ordered by name. */
    List<ClusterMember> ordered() {
        return ordered;
    }

    /** The member with that name. */
    Optional<ClusterMember> find(String name) {
        Shown found = byName.get(name);
        return found == null ? Optional.empty() : Optional.of(found.shown);
    }
}
