package dev.hearsay.sim;

import dev.hearsay.core.Node;
import dev.hearsay.core.Outbox;

/** Something that the application on a machine has its node do. */
@FunctionalInterface
public interface Command {
    /**
     * Does it.
     *
     * @param node the machine's node
     * @param now its clock
     * @param out to be passed on
     */
    void on(Node node, long now, Outbox out);
}
