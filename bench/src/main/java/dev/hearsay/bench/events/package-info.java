/** How soon user events reach all members, and how many a second they bear: ours and the real Serf's. */
@NullMarked
package dev.hearsay.bench.events;

import org.jspecify.annotations.NullMarked;
