package dev.hearsay.api;

import java.util.List;
import java.util.Optional;

/**
 * An application's say in who becomes a member (memberlist's {@code AliveDelegate} and {@code MergeDelegate}). It decides
 * for its own node only: to keep somebody out of a cluster, all nodes have to refuse him.
 *
 * <p>Called on the node's event loop, in the middle of its work: it must return at once, must not wait for anything, and
 * must not wait for what it asks of the node. What it decides may depend on time; it is asked again whenever somebody
 * repeats the claim. Who is a member already is not put out by a refusal: its news is ignored, and if it fails or leaves, it
 * does not come back.
 *
 * <p>If it throws, the answer is no: whom the rule could not judge has to wait. The failure is logged, at most once a
 * minute, and counted as {@code hearsay.vetoes_failed}.
 */
public interface Admission {

    /**
     * Why this member is not admitted; empty if it is. Asked about members that are new, that come back, and whose tags,
     * metadata or address change; never about this node itself. A member that is refused is not listed and not repeated to
     * others; {@code hearsay.admissions_refused} counts.
     *
     * @param member as it describes itself
     */
    default Optional<String> refuse(ClusterMember member) {
        return Optional.empty();
    }

    /**
     * Why this node does not take part in a join; empty if it does. Asked on both sides, before anything is merged: about
     * the members whom a newcomer knows, itself included, and about those of a cluster that this node joins. If it is
     * refused, the join fails with this reason, which the other side hears too if it was the one that joined; this node
     * merges nothing, and {@code hearsay.merges_refused} counts.
     *
     * <p>It is no wall: where this node was the one that joined, the others have merged by then and will gossip to it. Whom
     * it must not list at all, {@link #refuse} has to refuse.
     *
     * @param members whom the other side knows, the dead included, in no particular order; immutable
     */
    default Optional<String> refuseMerge(List<ClusterMember> members) {
        return Optional.empty();
    }
}
