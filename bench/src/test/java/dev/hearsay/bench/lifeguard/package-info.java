/** What the experiments must show at a small size, whatever the machine. */
@NullMarked
package dev.hearsay.bench.lifeguard;

import org.jspecify.annotations.NullMarked;
