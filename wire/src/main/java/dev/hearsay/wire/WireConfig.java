package dev.hearsay.wire;

import dev.hearsay.core.Bytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What goes around messages on the wire: the settings that the members of a cluster agree on, under memberlist's names.
 * Immutable; to change something while the node runs, such as the key, give the codecs another one.
 *
 * <p>To encrypt a running cluster, give all members the keyring with both verifications off, then turn on
 * {@code verifyOutgoing} on all, then {@code verifyIncoming}.
 */
public final class WireConfig {
    /** No label, no encryption, no compression; Serf above: what a node has if nothing is said. */
    public static final WireConfig PLAIN = new WireConfig(new Builder());

    private final byte[] label;
    private final boolean skipInboundLabelCheck;
    private final @Nullable Keyring keyring;
    private final boolean verifyIncoming;
    private final boolean verifyOutgoing;
    private final boolean compress;
    private final boolean serf;

    private WireConfig(Builder values) {
        this.label = values.label;
        this.skipInboundLabelCheck = values.skipInboundLabelCheck;
        this.keyring = values.keyring;
        this.verifyIncoming = values.verifyIncoming;
        this.verifyOutgoing = values.verifyOutgoing;
        this.compress = values.compress;
        this.serf = values.serf;
    }

    /** A builder that starts with these values. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The label's bytes; empty if there is none. See {@link Builder#label}. */
    public Bytes label() {
        return Bytes.of(label);
    }

    /** See {@link Builder#skipInboundLabelCheck}. */
    public boolean skipInboundLabelCheck() {
        return skipInboundLabelCheck;
    }

    /** Null without encryption; see {@link Builder#keyring}. */
    public @Nullable Keyring keyring() {
        return keyring;
    }

    /** See {@link Builder#verifyIncoming}. */
    public boolean verifyIncoming() {
        return verifyIncoming;
    }

    /** See {@link Builder#verifyOutgoing}. */
    public boolean verifyOutgoing() {
        return verifyOutgoing;
    }

    /** See {@link Builder#compress}. */
    public boolean compress() {
        return compress;
    }

    /** See {@link Builder#serf}. */
    public boolean serf() {
        return serf;
    }

    /** The keys to send with; null if what is sent is not encrypted. */
    @Nullable Keyring encrypting() {
        return verifyOutgoing ? keyring : null;
    }

    /** The label's bytes themselves: not to be written to. */
    byte[] labelBytes() {
        return label;
    }

    /** What the layers add to a packet at most: label, encryption, checksum. Compression never adds anything. */
    int packetOverhead() {
        int encryption = encrypting() == null ? 0 : Encryption.OVERHEAD;
        return LabelHeader.size(this) + encryption + PacketCodec.CHECKSUM_HEADER;
    }

    /** Makes a {@link WireConfig}. Not thread-safe. */
    public static final class Builder {
        private byte[] label = {};
        private boolean skipInboundLabelCheck;
        private @Nullable Keyring keyring;
        private boolean verifyIncoming = true;
        private boolean verifyOutgoing = true;
        private boolean compress;
        private boolean serf = true;

        /** Begins with {@link WireConfig#PLAIN}. */
        public Builder() {}

        private Builder(WireConfig from) {
            this.label = from.label;
            this.skipInboundLabelCheck = from.skipInboundLabelCheck;
            this.keyring = from.keyring;
            this.verifyIncoming = from.verifyIncoming;
            this.verifyOutgoing = from.verifyOutgoing;
            this.compress = from.compress;
            this.serf = from.serf;
        }

        /**
         * A name that keeps clusters apart which can reach each other (memberlist {@code Label}, since 0.3.0; Serf's agent
         * has none). It is readable on the wire and no secret, but authenticated where there is encryption. Empty, the
         * default: none. Costs a packet 2 bytes and its own length.
         *
         * @throws IllegalArgumentException above {@link Limits#LABEL_BYTES} bytes of UTF-8
         */
        public Builder label(String value) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > Limits.LABEL_BYTES) {
                throw new IllegalArgumentException("label has " + bytes.length + " bytes of UTF-8: must be at most "
                        + Limits.LABEL_BYTES + ", but is \"" + value + '"');
            }
            label = bytes;
            return this;
        }

        /**
         * Accepts what has no label header, and only that, as if it had ours (memberlist {@code SkipInboundLabelCheck}): for a
         * network that takes labels off on its way, or while a label is introduced. Default false.
         */
        public Builder skipInboundLabelCheck(boolean value) {
            skipInboundLabelCheck = value;
            return this;
        }

        /** The keys of an encrypted cluster; null, the default, for none. Costs a packet 29 bytes. */
        public Builder keyring(@Nullable Keyring value) {
            keyring = value;
            return this;
        }

        /**
         * Whether to refuse what is not encrypted (memberlist {@code GossipVerifyIncoming}). Default true; of no meaning
         * without a keyring. False lets anybody in who can reach the port: only while encryption is introduced.
         */
        public Builder verifyIncoming(boolean value) {
            verifyIncoming = value;
            return this;
        }

        /**
         * Whether to encrypt what is sent (memberlist {@code GossipVerifyOutgoing}). Default true; of no meaning without a
         * keyring. False only while encryption is introduced.
         */
        public Builder verifyOutgoing(boolean value) {
            verifyOutgoing = value;
            return this;
        }

        /**
         * Whether to compress what is sent (memberlist {@code EnableCompression}): packets that get shorter by it, and all
         * streams. Default false. What arrives compressed is understood in any case.
         */
        public Builder compress(boolean value) {
            compress = value;
            return this;
        }

        /**
         * Whether the layer above is Serf, the default. False in a cluster of another program on bare memberlist: a user
         * message is then always {@link dev.hearsay.core.Message.User}, never mistaken for an intent of Serf or an extension
         * frame of ours, and metadata is the application's: no capabilities are announced there.
         */
        public Builder serf(boolean value) {
            serf = value;
            return this;
        }

        /** The configuration. */
        public WireConfig build() {
            return new WireConfig(this);
        }
    }
}
