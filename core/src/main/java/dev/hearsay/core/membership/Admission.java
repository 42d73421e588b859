package dev.hearsay.core.membership;

import dev.hearsay.core.Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may become a member, beyond what the protocol itself demands. Asked during a turn: it must be quick, and must not
 * call the node.
 */
public interface Admission {
    /** Everybody may, from anywhere. */
    Admission ANYBODY = new Admission() {};

    /**
     * Why this claim to be alive is not believed (memberlist {@code AliveDelegate}); null if it is. Asked about members
     * that are new, and about known ones that come back or have changed; never about this node.
     */
    default @Nullable String refuse(Claim claim) {
        return null;
    }

    /**
     * Why the members that the other side of a join knows are not merged with ours (memberlist {@code MergeDelegate});
     * null if they are.
     */
    default @Nullable String refuseMerge(List<Claim> claims) {
        return null;
    }

    /** Whether this node may send something there only because a packet says so (memberlist {@code CIDRsAllowed}). */
    default boolean reaches(Address address) {
        return true;
    }
}
