package dev.hearsay.fuzz;

import dev.hearsay.core.Config;
import dev.hearsay.core.HeartbeatConfig;
import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.Keyring;
import dev.hearsay.wire.WireConfig;
import java.util.List;

/** The ways a node can be configured that its decoders see. */
public final class Configs {
    /** The label of the vectors that have one. */
    public static final String LABEL = "my-cluster";

    /** The key of the vectors that are encrypted: the bytes 0 to 31. */
    public static final GossipKey KEY = key(0);

    private static final Keyring RING = Keyring.of(KEY, key(32));

    /** All of them; the indexes stand in inputs that are kept, so that new ones come last. */
    public static final List<WireConfig> ALL = List.of(
            WireConfig.PLAIN,
            new WireConfig.Builder().serf(false).build(),
            new WireConfig.Builder().keyring(RING).build(),
            new WireConfig.Builder()
                    .keyring(RING)
                    .verifyIncoming(false)
                    .compress(true)
                    .build(),
            new WireConfig.Builder().label(LABEL).build(),
            new WireConfig.Builder().label(LABEL).keyring(RING).compress(true).build(),
            new WireConfig.Builder()
                    .label(LABEL)
                    .skipInboundLabelCheck(true)
                    .compress(true)
                    .build(),
            new WireConfig.Builder()
                    .label(LABEL)
                    .skipInboundLabelCheck(true)
                    .keyring(RING)
                    .serf(false)
                    .build());

    private Configs() {}

    /** How a node behaves. It counts heartbeats where there are keys, and probes otherwise: so both are tried. */
    static Config node(WireConfig wire, int maxMembers) {
        HeartbeatConfig.Detector detector =
                wire.keyring() == null ? HeartbeatConfig.Detector.SWIM : HeartbeatConfig.Detector.HEARTBEAT;
        return Config.lan().toBuilder()
                .maxMembers(maxMembers)
                .heartbeats(HeartbeatConfig.DEFAULTS.withDetector(detector))
                .build();
    }

    /** The first configuration that reads a vector of that name. */
    public static int of(String vector) {
        boolean labelled = vector.startsWith("label-");
        if (vector.contains("enc-")) {
            return labelled ? 5 : 2;
        }
        return labelled ? 4 : 0;
    }

    private static GossipKey key(int first) {
        byte[] secret = new byte[32];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) (first + i);
        }
        return GossipKey.of(secret);
    }
}
