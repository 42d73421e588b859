/**
 * What an application calls. One interface, {@link dev.hearsay.api.Cluster}, implemented over real sockets by the artifact
 * {@code hearsay}. It stands apart from that driver so that a driver in virtual time can implement it too.
 */
@NullMarked
package dev.hearsay.api;

import org.jspecify.annotations.NullMarked;
