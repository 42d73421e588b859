package dev.hearsay.core;

import dev.hearsay.core.state.Entry;

/**
 * How many bytes a message takes on the wire. The core fills packets up to a byte budget and does not know the encoding;
 * {@code wire} implements this exactly, as arithmetic, without encoding anything.
 */
public interface Sizes {

    /** Bytes of the message in a packet, its type byte included. */
    int of(Message message);

    /** Bytes of the stream message, without the layers around it. */
    long of(StreamMessage message);

    /** Bytes that an entry takes in a message about shared state. */
    int entry(Entry entry);

    /** Bytes of a whole packet with that message, with all layers around it but compression. */
    int packet(Message message);

    /** Bytes that the layers around a message add to each packet at most: checksum, encryption and label. */
    int packetOverhead();

    /** Bytes that each part of a compound costs besides itself. */
    int perPart();

    /** Bytes that a compound costs besides its parts. */
    int perCompound();
}
