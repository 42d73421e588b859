package dev.hearsay.core;

import dev.hearsay.core.membership.MemberTable;
import java.util.ArrayList;
import java.util.List;

/**
 * A member under suspicion, as one node sees it (Lifeguard, section IV-B).
 *
 * @param member its name
 * @param accusers who accuses it, as far as they count: the first raised the suspicion, the others confirmed it
 * @param ageNanos for how long it has been suspect here, in nanoseconds
 * @param leftNanos how long it has to refute before it is given up, in nanoseconds, if nothing else happens; 0 if that is over
 */
public record Suspected(String member, List<String> accusers, long ageNanos, long leftNanos) {
    /** Copies the list. */
    public Suspected {
        accusers = List.copyOf(accusers);
    }

    /** The suspicions in force at a node, in the order of its table. Called where the node is. */
    public static List<Suspected> of(Node node, long now) {
        List<Suspected> all = new ArrayList<>(node.suspicions.size());
        MemberTable members = node.members();
        for (int i = 0; i < members.live(); i++) {
            Suspected suspected = node.suspicions.find(members.at(i).name(), now);
            if (suspected != null) {
                all.add(suspected);
            }
        }
        return all;
    }
}
