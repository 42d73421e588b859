package dev.hearsay.bench.wire;

import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.Keyring;
import dev.hearsay.wire.WireConfig;

/** Which layers are around the messages that are measured. */
@SuppressWarnings("ImmutableEnumChecker") // A configuration is immutable.
public enum Layers {
    PLAIN(false, false),
    COMPRESSED(true, false),
    ENCRYPTED(false, true),
    BOTH(true, true);

    private final WireConfig config;

    Layers(boolean compressed, boolean encrypted) {
        // As long as those that serf keygen makes.
        Keyring keyring = Keyring.of(GossipKey.of(new byte[32]));
        config = new WireConfig.Builder()
                .compress(compressed)
                .keyring(encrypted ? keyring : null)
                .build();
    }

    /** The configuration of every member. */
    WireConfig config() {
        return config;
    }
}
