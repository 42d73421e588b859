package dev.hearsay.wire;

import java.util.Arrays;
import java.util.Base64;

/**
 * A secret that all members of an encrypted cluster share: 16, 24 or 32 bytes for AES-128, AES-192 or AES-256
 * (memberlist and Serf accept the same). Equal if the bytes are. Says nothing of itself in logs.
 */
public final class GossipKey {
    private final byte[] secret;

    private GossipKey(byte[] secret) {
        if (secret.length != 16 && secret.length != 24 && secret.length != 32) {
            throw new IllegalArgumentException("encryption key has " + secret.length + " bytes: must be 16, 24 or 32");
        }
        this.secret = secret;
    }

    /**
     * Copies the bytes.
     *
     * @throws IllegalArgumentException unless there are 16, 24 or 32
     */
    public static GossipKey of(byte[] secret) {
        return new GossipKey(secret.clone());
    }

    /**
     * Reads a key as {@code serf keygen} writes it.
     *
     * @throws IllegalArgumentException if it is not Base64, or not of 16, 24 or 32 bytes; the message does not repeat it
     */
    public static GossipKey parse(String base64) {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // The cause would quote from the key.
            throw new IllegalArgumentException("encryption key is not Base64");
        }
        return new GossipKey(secret);
    }

    /** The key in Serf's form. It is the secret itself: not for logs. */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(secret);
    }

    /** The bytes themselves: not to be written to. */
    byte[] secret() {
        return secret;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof GossipKey that && Arrays.equals(secret, that.secret));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(secret);
    }

    @Override
    public String toString() {
        return "a key of " + secret.length + " bytes";
    }
}
