/**
 * Hot rumors: what this node has just heard is pushed to random members until it has been sent often enough.
 *
 * <p>After SWIM (section 4.1: infection-style dissemination by piggybacking) and memberlist's transmit-limited queue.
 */
@NullMarked
package dev.hearsay.core.dissemination;

import org.jspecify.annotations.NullMarked;
