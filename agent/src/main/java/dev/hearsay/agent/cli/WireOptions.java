package dev.hearsay.agent.cli;

import dev.hearsay.wire.GossipKey;
import dev.hearsay.wire.Keyring;
import dev.hearsay.wire.WireConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The flags of {@code hearsay agent} for what goes around messages: keys, label, compression. */
final class WireOptions {
    @Option(
            names = "-encrypt",
            paramLabel = "KEY",
            description = "Encrypts with this key: 16, 24 or 32 bytes in Base64, as keygen prints.")
    private String encrypt = "";

    @Option(
            names = "-keyring-file",
            paramLabel = "FILE",
            description = "Keys as a JSON list, the one that encrypts first; all decrypt. Instead of -encrypt.")
    private String keyringFile = "";

    @Option(
            names = "-encrypt-verify-incoming",
            paramLabel = "BOOL",
            description = "With keys: whether to refuse what is not encrypted. false only while keys are rolled out.")
    private String verifyIncoming = "true";

    @Option(
            names = "-encrypt-verify-outgoing",
            paramLabel = "BOOL",
            description = "With keys: whether to encrypt what is sent. false only while keys are rolled out.")
    private String verifyOutgoing = "true";

    @Option(
            names = "-label",
            paramLabel = "NAME",
            description = "Talks only to members with the same label. Serf's own agents have none.")
    private String label = "";

    @Option(
            names = "-skip-inbound-label-check",
            description = "Accepts what has no label, and only that: for networks that take labels off.")
    private boolean skipInboundLabelCheck;

    @Option(names = "-enable-compression", description = "Compresses what is sent. Compressed input is always read.")
    private boolean enableCompression;

    @Option(
            names = "-disable-compression",
            description = "Accepted for Serf's sake: nothing is compressed unless -enable-compression says so.")
    private boolean disableCompression;

    WireConfig toConfig() throws UsageException {
        if (enableCompression && disableCompression) {
            throw new UsageException("-enable-compression and -disable-compression exclude each other");
        }
        if (!encrypt.isEmpty() && !keyringFile.isEmpty()) {
            throw new UsageException("-encrypt and -keyring-file exclude each other: put the key into the file");
        }
        WireConfig.Builder wire = new WireConfig.Builder()
                .skipInboundLabelCheck(skipInboundLabelCheck)
                .verifyIncoming(Values.bool("-encrypt-verify-incoming", verifyIncoming))
                .verifyOutgoing(Values.bool("-encrypt-verify-outgoing", verifyOutgoing))
                .compress(enableCompression);
        try {
            wire.label(label);
        } catch (IllegalArgumentException e) {
            throw new UsageException("invalid value for -label: " + e.getMessage());
        }
        if (!encrypt.isEmpty()) {
            wire.keyring(keyring());
        } else if (!keyringFile.isEmpty()) {
            wire.keyring(KeyringFile.read(Path.of(keyringFile)));
        }
        return wire.build();
    }

    private Keyring keyring() throws UsageException {
        try {
            return Keyring.of(GossipKey.parse(encrypt));
        } catch (IllegalArgumentException e) {
            // The value is a secret: not repeated.
            throw new UsageException("invalid value for -encrypt: " + e.getMessage());
        }
    }
}
