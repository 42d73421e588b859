package dev.hearsay.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * The keys of a cluster (memberlist {@code Keyring}): the first, primary one encrypts; all may decrypt, in order. A key is
 * rotated without a gap by installing the new one on all members, then using it on all, then removing the old one.
 *
 * <p>Immutable: each step is a new keyring, which replaces the old one in {@link WireConfig} at once.
 *
 * @param keys the primary key first; no key twice; 1 to {@link #MAX_KEYS}
 */
public record Keyring(List<GossipKey> keys) {
    /** Most keys: what nobody can decrypt costs one try with each of them. A rotation needs two. */
    public static final int MAX_KEYS = 32;

    /**
     * Makes a keyring.
     *
     * @throws IllegalArgumentException if there is no key, one key twice, or more than {@link #MAX_KEYS}
     */
    public Keyring {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException(
                    "keyring has " + keys.size() + " keys: must have 1 to " + MAX_KEYS + ", the primary key first");
        }
        for (int i = 1; i < keys.size(); i++) {
            if (keys.indexOf(keys.get(i)) < i) {
                throw new IllegalArgumentException("keyring has key number " + (i + 1) + " twice");
            }
        }
    }

    /** A keyring of these keys, the primary one first. */
    public static Keyring of(GossipKey... keys) {
        return new Keyring(List.of(keys));
    }

    /** The key that encrypts. */
    public GossipKey primary() {
        return keys.get(0);
    }

    /**
     * With this key added as one that decrypts (Serf {@code install-key}); unchanged if it is there already.
     *
     * @throws IllegalArgumentException if there are {@link #MAX_KEYS} already
     */
    public Keyring install(GossipKey key) {
        if (keys.contains(key)) {
            return this;
        }
        List<GossipKey> more = new ArrayList<>(keys);
        more.add(key);
        return new Keyring(more);
    }

    /**
     * With this key as the one that encrypts (Serf {@code use-key}); the others stay.
     *
     * @throws IllegalArgumentException if it is not in the keyring
     */
    public Keyring use(GossipKey key) {
        if (!keys.contains(key)) {
            throw new IllegalArgumentException("Requested key is not in the keyring");
        }
        List<GossipKey> reordered = new ArrayList<>(keys);
        reordered.remove(key);
        reordered.add(0, key);
        return new Keyring(reordered);
    }

    /**
     * Without this key (Serf {@code remove-key}); unchanged if it is not there.
     *
     * @throws IllegalArgumentException if it is the primary one
     */
    public Keyring remove(GossipKey key) {
        if (key.equals(primary())) {
            throw new IllegalArgumentException("Removing the primary key is not allowed");
        }
        List<GossipKey> fewer = new ArrayList<>(keys);
        fewer.remove(key);
        return new Keyring(fewer);
    }
}
