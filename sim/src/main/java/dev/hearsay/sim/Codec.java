package dev.hearsay.sim;

import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;

/**
 * What happens to a message between sender and receiver: nothing, or encoding and decoding by the code that sockets use.
 * A codec that is right leaves the trace hash as it is.
 */
public interface Codec {
    /** Hands messages over as they are. */
    Codec NONE = new Codec() {
        @Override
        public Message packet(Message message) {
            return message;
        }

        @Override
        public StreamMessage stream(StreamMessage message) {
            return message;
        }
    };

    /** What the receiver gets of a packet. */
    Message packet(Message message);

    /** What the receiver gets of a stream's request or reply. */
    StreamMessage stream(StreamMessage message);
}
