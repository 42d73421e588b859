/**
 * The entry: {@link dev.hearsay.Hearsay#builder()} makes a node and starts it. What it can do then is
 * {@link dev.hearsay.api.Cluster}.
 */
@NullMarked
package dev.hearsay;

import org.jspecify.annotations.NullMarked;
