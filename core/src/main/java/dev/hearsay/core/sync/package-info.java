/**
 * Anti-entropy: two members compare everything they know, so that what gossip missed is found in the end (Demers et al.,
 * 1987, section 1.3; memberlist's push/pull).
 */
@NullMarked
package dev.hearsay.core.sync;

import org.jspecify.annotations.NullMarked;
