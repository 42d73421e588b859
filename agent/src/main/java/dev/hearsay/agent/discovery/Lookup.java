package dev.hearsay.agent.discovery;

import java.io.IOException;
import java.util.Collection;

/** Where members announce themselves. */
public interface Lookup extends AutoCloseable {
    /** Announces this node; blocks until that is done. */
    void announce() throws IOException;

    /** Who has announced himself, as {@code host:port}, this node perhaps included; blocks for a few seconds at most. */
    Collection<String> find() throws IOException;

    @Override
    void close();
}
