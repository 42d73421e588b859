package dev.hearsay.wire;

import dev.hearsay.core.membership.Peers;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a member can do that a member of Serf or memberlist cannot. It says so in its metadata, behind its tags; see
 * {@link Trailer}. The order is that of the bits there: new ones are added at the end, and none is ever reused.
 */
public enum Capability {
    /**
     * It skips extension frames ({@link dev.hearsay.core.Message.Extension}) of versions and kinds it does not know: so they
     * may be sent to it.
     */
    EXTENSION_FRAMES("extension-frames"),

    /** See {@link Peers.Ability#GUARDS}. */
    GUARDS("guards"),

    /** See {@link Peers.Ability#DIFFERENCES}. */
    DIFFERENCES("differences"),

    /** See {@link Peers.Ability#STATE}. */
    STATE("state");

    private static final Set<Capability> OURS = Collections.unmodifiableSet(EnumSet.allOf(Capability.class));

    private final String text;

    Capability(String text) {
        this.text = text;
    }

    /** What nodes of this version can do: all there is, in the order of the bits. Immutable. */
    public static Set<Capability> ours() {
        return OURS;
    }

    /** The word for it, in lower case. */
    public String text() {
        return text;
    }
}
