/**
 * The file in which a node remembers whom it knew and how far its clocks had come, so that after a restart it finds its
 * cluster and hears nothing twice. The format is that of Serf's snapshots: each can start from the other's file.
 */
@NullMarked
package dev.hearsay.net.snapshot;

import org.jspecify.annotations.NullMarked;
