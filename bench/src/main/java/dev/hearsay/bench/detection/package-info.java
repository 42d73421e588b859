/** How long twenty agents need to list one of them as failed, and as alive again: ours and the real Serf's. */
@NullMarked
package dev.hearsay.bench.detection;

import org.jspecify.annotations.NullMarked;
