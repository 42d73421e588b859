package dev.hearsay.core.membership;

/**
 * What members can do that a member of memberlist cannot. They announce it in their metadata, whose encoding the core does
 * not know: {@code wire} implements this.
 */
@FunctionalInterface
public interface Peers {
    /** Nobody can do anything beyond memberlist. */
    Peers PLAIN = (member, ability) -> false;

    /** Something that both sides must be able to do before it is used between them. */
    enum Ability {
        /** It takes guard streams: {@link dev.hearsay.core.StreamMessage.Guard}. */
        GUARDS,
        /** It answers digests and deltas: {@link dev.hearsay.core.StreamMessage.Digest}. */
        DIFFERENCES,
        /** It takes part in shared state: {@link dev.hearsay.core.Message.State}. */
        STATE,
        /** It sends and takes heartbeats: {@link dev.hearsay.core.Message.Heartbeats}. */
        HEARTBEATS
    }

    /** Whether the member has announced that it can do that. */
    boolean can(Member member, Ability ability);
}
