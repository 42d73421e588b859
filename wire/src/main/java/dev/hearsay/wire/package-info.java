/**
 * Bytes to messages and back: the wire formats of memberlist and Serf.
 *
 * <p>{@link dev.hearsay.wire.PacketCodec} is for packets (UDP), {@link dev.hearsay.wire.StreamCodec} and
 * {@link dev.hearsay.wire.StreamDecoder} for streams (TCP), {@link dev.hearsay.wire.WireConfig} says which layers go around
 * messages (compression, encryption, label), {@link dev.hearsay.wire.Tags} for the metadata of a Serf
 * member, and {@link dev.hearsay.wire.MemberlistSizes} tells the core what a message costs. What cannot be understood is
 * a {@link dev.hearsay.wire.WireException} with a {@link dev.hearsay.wire.DropReason}, and nothing else: no bytes make
 * this package throw anything unchecked, and no declared length makes it allocate.
 *
 * <p>We send what every release of memberlist since 2018 accepts, and accept what every release sends.
 */
@NullMarked
package dev.hearsay.wire;

import org.jspecify.annotations.NullMarked;
