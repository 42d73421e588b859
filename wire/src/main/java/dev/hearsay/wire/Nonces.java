package dev.hearsay.wire;

/** Where nonces come from: random in production, foreseen in tests. No nonce may ever come twice under one key. */
interface Nonces {
    /** Fills the array with a nonce never used before. */
    void next(byte[] nonce);
}
