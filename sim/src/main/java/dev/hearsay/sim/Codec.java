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
        public Message packet(SimNode from, SimNode to, Message message) {
            return message;
        }

        @Override
        public StreamMessage stream(SimNode from, SimNode to, StreamMessage message) {
            return message;
        }
    };

    /** What the receiver gets of a packet. */
    Message packet(SimNode from, SimNode to, Message message);

    /** What the receiver gets of a stream's request or reply. */
    StreamMessage stream(SimNode from, SimNode to, StreamMessage message);
}
