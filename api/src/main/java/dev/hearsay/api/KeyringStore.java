package dev.hearsay.api;

import dev.hearsay.wire.Keyring;
import java.io.IOException;

/** Keeps a node's keys for its next start. Called after each change that a query brought, one call at a time. */
@FunctionalInterface
public interface KeyringStore {
    /**
     * Keeps the keys, the primary one first.
     *
     * @throws IOException if that fails: the change is in effect all the same, and the member answers with an error that says
     *     so
     */
    void save(Keyring keyring) throws IOException;
}
