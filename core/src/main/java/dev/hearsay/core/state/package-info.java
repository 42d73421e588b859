/**
 * What the cluster knows beside its members: facts that each member tells of itself, and maps, sets, counters and registers that all
 * share. Everything is {@linkplain dev.hearsay.core.state.Entry entries}, of which two nodes keep the greater one: so they converge,
 * in whatever order they hear what.
 */
@NullMarked
package dev.hearsay.core.state;

import org.jspecify.annotations.NullMarked;
