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
        /** Reserved for streams that stay open, to notice the end of a process: nothing opens them yet. */
        GUARDS,
        /** Reserved for push/pulls that carry only what is different: nothing asks for them yet. */
        DIFFERENCES
    }

    /** Whether the member has announced that it can do that. */
    boolean can(Member member, Ability ability);
}
