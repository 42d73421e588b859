/** A member of a cluster of Prometheus Alertmanagers: {@code SilencePeer} is the part that speaks with them. */
@NullMarked
package dev.hearsay.examples.alertmanager;

import org.jspecify.annotations.NullMarked;
