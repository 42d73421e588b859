package dev.hearsay.api;

import dev.hearsay.wire.GossipKey;
import java.util.concurrent.CompletableFuture;

/**
 * Changes the encryption keys of the whole cluster while it runs (Serf's key manager): install the new key, use it, remove the
 * old one. Each step is a query to all members; go on only when all have answered without an error. A member that is away
 * meanwhile does not learn of it.
 */
public interface Keys {
    /** Has all members accept what is encrypted with that key. Repeating it has no effect. */
    CompletableFuture<KeyResult> install(GossipKey key);

    /** Has all members encrypt with that key, which must be installed. */
    CompletableFuture<KeyResult> use(GossipKey key);

    /** Has all members forget that key; the one in use cannot be removed. */
    CompletableFuture<KeyResult> remove(GossipKey key);

    /** Asks all members which keys they have. */
    CompletableFuture<KeyResult> list();
}
