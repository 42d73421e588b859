package dev.hearsay.wire;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The encryption layer, AES-GCM: a version, a nonce of 12 random bytes, the ciphertext, a tag of 16 bytes. Version 1 is
 * what is sent; version 0, of old senders, pads the plaintext. Nothing protects against replay (memberlist's
 * {@code encryptPayload}); random nonces are safe for some 2^32 messages under one key.
 *
 * <p>Keeps a cipher for each key, because a cipher that changes its key expands it anew. Not thread-safe.
 */
final class Encryption {
    /** What it adds to a plaintext. */
    static final int OVERHEAD = 1 + 12 + 16;
    /** Instead of a length. */
    static final int NO_KEY_FITS = -1;
    /** memberlist's text for that. */
    static final String NO_KEY_FITS_TEXT = "No installed keys could decrypt the message";

    /** What comes before the ciphertext. */
    static final int HEAD = 1 + 12;

    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int PADDED = 0;
    private static final int UNPADDED = 1;
    private static final int PADDING_MOST = 16;

    private final Nonces nonces;
    private final byte[] nonce = new byte[NONCE];

    /** The keyring seen last, and its keys with their ciphers. */
    private @Nullable Keyring keyring;

    private List<Key> keys = List.of();

    private record Key(SecretKeySpec secret, Cipher cipher) {
        static Key of(GossipKey key) {
            try {
                return new Key(new SecretKeySpec(key.secret(), "AES"), Cipher.getInstance("AES/GCM/NoPadding"));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("there is no AES-GCM", e);
            }
        }
    }

    /** With nonces from the system's secure source. */
    Encryption() {
        this(new SecureRandom()::nextBytes);
    }

    Encryption(Nonces nonces) {
        this.nonces = nonces;
    }

    /**
     * Whether the bytes can be an encrypted packet: they begin with an encryption version, and none is shorter. A ping and
     * an indirect ping can, too.
     */
    static boolean possible(byte[] source, int from, int to) {
        return to - from >= OVERHEAD && (source[from] == PADDED || source[from] == UNPADDED);
    }

    /**
     * Encrypts with the primary key, in place: the plaintext stands {@link #HEAD} bytes behind the start, and has room for
     * the tag behind its end. The header, which may be empty, and the label are authenticated with it.
     *
     * @return the position behind the tag
     */
    int encrypt(Keyring with, byte[] bytes, int start, int end, int headerLength, byte[] label) {
        use(with);
        nonces.next(nonce);
        bytes[start] = UNPADDED;
        System.arraycopy(nonce, 0, bytes, start + 1, NONCE);
        try {
            Cipher aes = begin(Cipher.ENCRYPT_MODE, keys.get(0), bytes, start, headerLength, label);
            int plain = start + HEAD;
            return plain + aes.doFinal(bytes, plain, end - plain, bytes, plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM cannot encrypt", e);
        }
    }

    /**
     * Decrypts with whichever key fits what is {@link #possible}. The header in front of the bytes, which may be empty, and
     * the label were authenticated with them.
     *
     * @param target gets the plaintext from its start; has room for as many bytes as there are
     * @return the length of the plaintext, or {@link #NO_KEY_FITS}: encrypted with another key, or changed on the way
     * @throws WireException if a key fits and the plaintext is not in the form of its version
     */
    int decrypt(Keyring with, byte[] bytes, int start, int end, int headerLength, byte[] label, byte[] target)
            throws WireException {
        use(with);
        System.arraycopy(bytes, start + 1, nonce, 0, NONCE);
        for (Key key : keys) {
            try {
                Cipher aes = begin(Cipher.DECRYPT_MODE, key, bytes, start, headerLength, label);
                int length = aes.doFinal(bytes, start + HEAD, end - start - HEAD, target, 0);
                return bytes[start] == PADDED ? withoutPadding(target, length) : length;
            } catch (AEADBadTagException e) {
                // Not this key.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("AES-GCM cannot decrypt", e);
            }
        }
        return NO_KEY_FITS;
    }

    /** PKCS #7: each of the 1 to 16 bytes added tells how many they are. */
    private static int withoutPadding(byte[] plain, int length) throws WireException {
        int padding = length == 0 ? 0 : plain[length - 1];
        if (padding < 1 || padding > Math.min(length, PADDING_MOST)) {
            throw new WireException(DropReason.MALFORMED, "the plaintext does not end in a padding");
        }
        return length - padding;
    }

    @SuppressWarnings("ReferenceEquality") // An equal keyring that is another object costs one more round, no more.
    private void use(Keyring with) {
        if (with != keyring) {
            keyring = with;
            keys = with.keys().stream().map(Key::of).toList();
        }
    }

    private Cipher begin(int mode, Key key, byte[] bytes, int start, int headerLength, byte[] label)
            throws GeneralSecurityException {
        Cipher cipher = key.cipher();
        cipher.init(mode, key.secret(), new GCMParameterSpec(8 * TAG, nonce));
        if (headerLength > 0) {
            cipher.updateAAD(bytes, start - headerLength, headerLength);
        }
        if (label.length > 0) {
            cipher.updateAAD(label);
        }
        return cipher;
    }
}
