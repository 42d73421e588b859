package dev.hearsay.wire;

import dev.hearsay.core.Config;
import dev.hearsay.core.membership.Peers;
import dev.hearsay.core.state.StateConfig;
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
    STATE("state"),

    /** See {@link Peers.Ability#HEARTBEATS}. Only a node that judges by heartbeats announces it. */
    HEARTBEATS("heartbeats");

    private static final Set<Capability> OURS = Collections.unmodifiableSet(EnumSet.range(EXTENSION_FRAMES, STATE));

    private static final Set<Capability> WITH_HEARTBEATS = Collections.unmodifiableSet(with(OURS, HEARTBEATS));

    private final String text;

    Capability(String text) {
        this.text = text;
    }

    private static Set<Capability> with(Set<Capability> some, Capability another) {
        Set<Capability> all = EnumSet.copyOf(some);
        all.add(another);
        return all;
    }

    /** What nodes of this version can do that probe each other, in the order of the bits. Immutable. */
    public static Set<Capability> ours() {
        return OURS;
    }

    /** What a node of this version that is configured like that can do, in the order of the bits. Immutable. */
    public static Set<Capability> ours(Config config) {
        return config.heartbeats().selected() ? WITH_HEARTBEATS : OURS;
    }

    /** The same for a node that may take no part in shared state. Immutable. */
    public static Set<Capability> ours(Config config, StateConfig state) {
        if (state.enabled()) {
            return ours(config);
        }
        Set<Capability> rest = EnumSet.copyOf(ours(config));
        rest.remove(STATE);
        return Collections.unmodifiableSet(rest);
    }

    /** The word for it, in lower case. */
    public String text() {
        return text;
    }
}
