/** Serf's user events: what one member tells everybody, ordered by Lamport time, heard once. */
@NullMarked
package dev.hearsay.core.event;

import org.jspecify.annotations.NullMarked;
