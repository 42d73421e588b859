/**
 * The driver over real sockets: it feeds packets, streams, timers and commands to a {@link dev.hearsay.core.Node} and
 * does what the node says through its {@link dev.hearsay.core.Outbox}.
 *
 * <p>Everything of one node happens on one event loop, one input at a time (a turn); {@link dev.hearsay.net.NodeDriver}
 * is that turn. Other threads post commands to the loop and read an immutable {@link dev.hearsay.api.node.Snapshot}. The
 * application's callbacks never run on the loop.
 */
@NullMarked
package dev.hearsay.net;

import org.jspecify.annotations.NullMarked;
