/**
 * What an application calls. One interface, {@link dev.hearsay.api.Cluster}, with two implementations: over real sockets
 * (artifact {@code hearsay}) and in virtual time (artifact {@code hearsay-sim}).
 */
@NullMarked
package dev.hearsay.api;

import org.jspecify.annotations.NullMarked;
