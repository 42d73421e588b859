package dev.hearsay.core;

import dev.hearsay.core.membership.Member;
import dev.hearsay.core.state.Entry;
import dev.hearsay.core.state.Quarantine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node tells its application. A member carried by an event is as it was when the event happened. */
public sealed interface Event {

    /** An event about a member, this node itself included. */
    sealed interface MemberEvent extends Event {
        /** The member as it is now. */
        Member member();
    }

    /** The member came, or came back after it had failed or left. */
    record MemberJoined(Member member) implements MemberEvent {}

    /** The member's metadata or address changed. */
    record MemberUpdated(Member member) implements MemberEvent {}

    /** The accuser could not reach the member; unless it refutes, it will be declared failed. */
    record MemberSuspected(Member member, String accuser) implements MemberEvent {}

    /** A suspicion turned out wrong: the member refuted it. */
    record MemberRefuted(Member member) implements MemberEvent {}

    /** The member is dead: it did not answer and did not refute. */
    record MemberFailed(Member member, String accuser) implements MemberEvent {}

    /**
     * The member lives, but has failed and come back so often that this node treats it as failed until it has held still
     * for a while. If it was not taken for failed before, {@link MemberFailed} has come first; {@link MemberJoined} ends it.
     */
    record MemberDamped(Member member) implements MemberEvent {}

    /** The member announced that it is about to leave, or an operator asked it to go (Serf's leave intent). */
    record MemberLeaving(Member member) implements MemberEvent {}

    /** The member left on purpose. */
    record MemberLeft(Member member) implements MemberEvent {}

    /** The member was gone for long enough, or was pruned: forgotten. */
    record MemberReaped(Member member) implements MemberEvent {}

    /** Somebody else claims the member's name from another address; {@code member} keeps it. */
    record NameConflict(Member member, Address claimant) implements MemberEvent {}

    /** Most members say that this node's name belongs to a process at that address. Said by a driver, which has asked them. */
    record NameLost(Member member, Address holder) implements MemberEvent {}

    /** The join with that number reached its seed and merged what the seed knew: {@code members} live ones, both included. */
    record SeedJoined(long join, int members) implements Event {}

    /** The join with that number failed. */
    record SeedFailed(long join, StreamFailure failure, String detail) implements Event {}

    /** Somebody, perhaps this node, told everybody something. Each is told once. */
    record UserEvent(long time, String name, Bytes payload, boolean coalesce) implements Event {}

    /**
     * Somebody, perhaps this node, asks this node something. It may {@link Node#answer} for so many nanoseconds. Queries whose
     * name begins with {@value dev.hearsay.core.query.Replies#INTERNAL} are Serf's own.
     *
     * @param source the asker's name; empty if it did not say
     */
    record QueryAsked(long time, int id, String name, Bytes payload, String source, long nanos) implements Event {}

    /** The query of this node with that number has arrived at that member. */
    record QueryAcked(long number, String from) implements Event {}

    /** That member answers the query of this node with that number. */
    record QueryAnswered(long number, String from, Bytes payload) implements Event {}

    /**
     * The query of this node with that number is over.
     *
     * @param silent live members that were meant and have not answered (or acked, where nothing else can come), by name
     */
    record QueryEnded(long number, List<String> silent) implements Event {}

    /** A user message, in a cluster on bare memberlist. The same may come again: gossip repeats. */
    record UserMessage(Bytes content) implements Event {}

    /** The other side's state of a push/pull, in a cluster on bare memberlist. */
    record RemoteState(Bytes content, boolean join) implements Event {}

    /** The user message with that number was handed over to its receiver's machine. */
    record UserMessageSent(long number) implements Event {}

    /** The user message with that number may not have arrived. */
    record UserMessageFailed(long number, StreamFailure failure, String detail) implements Event {}

    /**
     * This node has not merged with another cluster that somebody tried to join it to, or that a member now belongs to.
     * Whoever did try learns the same from the other side's versions.
     *
     * @param node a member there
     * @param address where that member listens
     * @param reason for a person
     */
    record MergeRefused(String node, Address address, String reason) implements Event {}

    /**
     * This node was away: it did not run for so long that it cannot judge who was silent meanwhile.
     *
     * @param nanos for how long, at least
     * @param collectionNanos how much of that was garbage collection, as far as the driver knows
     */
    record LocalPause(long nanos, long collectionNanos) implements Event {}

    /**
     * The shared state has changed here: this node has written, or heard of it.
     *
     * @param before what was there; null if nothing
     * @param after what is there now; null if it was dropped, because it has been over for long
     */
    record StateChanged(@Nullable Entry before, @Nullable Entry after) implements Event {}

    /** This node is fetching the whole state of another: so many entries of so many have come. */
    record StateProgress(int entries, int total, boolean complete) implements Event {}

    /** This node is in step with another member; what it has written up to that stamp does not hang on it alone. */
    record StateSynced(long stamp) implements Event {}

    /** Somebody has sent an entry that cannot be right, or it was damaged here. */
    record StateQuarantined(Quarantine.Quarantined what) implements Event {}

    /** This node has told the others that it leaves; the driver may stop it. */
    record LeaveCompleted() implements Event {}
}
