package dev.hearsay.api;

import dev.hearsay.core.Bytes;

/**
 * Something that a member told everybody (Serf's user event). Each member hears it once; in what order, its Lamport time
 * says as far as anybody can.
 *
 * @param name what happened, as {@code deploy}
 * @param payload what there is to know about it; may be empty
 * @param time its Lamport time: an event that its sender fired after it had heard another has a later one
 * @param coalesce whether of several with this name that come in quick succession only the last matters to the sender
 */
public record UserEvent(String name, Bytes payload, long time, boolean coalesce) {}
