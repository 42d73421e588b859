package dev.hearsay.core;

/**
 * What a driver measured about its own machine since its last report; see {@link Node#onLoad}.
 *
 * @param lagNanos how much later than it was due the latest of this node's turns came, or for how long its packets could not
 *     leave: nanoseconds, 0 or more. A collection pause, a suspended machine and a busy thread all show here
 * @param collectionNanos time the garbage collector stopped this process: nanoseconds, 0 or more; 0 if nobody knows
 * @param unsentBytes what waits to be sent because the kernel takes no more
 */
public record Load(long lagNanos, long collectionNanos, long unsentBytes) {}
