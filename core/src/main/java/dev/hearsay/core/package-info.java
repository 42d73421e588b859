/**
 * The façade and the vocabulary of the protocol core.
 *
 * <p>{@link dev.hearsay.core.Node} is the state machine a driver runs; {@link dev.hearsay.core.Message},
 * {@link dev.hearsay.core.StreamMessage}, {@link dev.hearsay.core.Timer} and {@link dev.hearsay.core.Event} are the
 * values that go in and out; {@link dev.hearsay.core.Outbox} is the one way out. Nothing in this module knows a clock,
 * a thread, a socket or a logger: equal inputs give equal outputs, byte for byte.
 */
@NullMarked
package dev.hearsay.core;

import org.jspecify.annotations.NullMarked;
