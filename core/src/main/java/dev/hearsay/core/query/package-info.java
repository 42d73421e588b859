/** Serf's queries: one member asks, those that are meant answer straight to it. */
@NullMarked
package dev.hearsay.core.query;

import org.jspecify.annotations.NullMarked;
