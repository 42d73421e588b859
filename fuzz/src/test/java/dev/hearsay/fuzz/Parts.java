package dev.hearsay.fuzz;

import dev.hearsay.core.Bytes;
import dev.hearsay.core.Delegate;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.wire.StreamDecoder;
import dev.hearsay.wire.WireException;
import org.jspecify.annotations.Nullable;

/** What a harness needs beside the node: what there is in a message that may be of several, and an application. */
final class Parts {
    /** A program on bare memberlist, whose state is empty in a join. */
    static final Delegate APPLICATION = new Delegate() {
        @Override
        public boolean serf() {
            return false;
        }

        @Override
        public Bytes localState(boolean join) {
            return join ? Bytes.EMPTY : Bytes.of((byte) 2, (byte) 0x80);
        }
    };

    private Parts() {}

    /** The message in those bytes; null if they are none, or not a whole one. */
    static @Nullable StreamMessage decode(StreamDecoder decoder, byte[] bytes) {
        try {
            decoder.feed(bytes, 0, bytes.length);
            return decoder.next();
        } catch (WireException e) {
            return null;
        }
    }

    static int leaves(Message message) {
        return message instanceof Message.Compound compound
                ? compound.parts().stream().mapToInt(Parts::leaves).sum()
                : 1;
    }

    /** Whether the packet may make the node pass on an answer. */
    static boolean relays(Message message) {
        return message instanceof Message.Ack
                || (message instanceof Message.Compound compound
                        && compound.parts().stream().anyMatch(Parts::relays));
    }

    static int count(Message message, Class<? extends Message> kind) {
        if (message instanceof Message.Compound compound) {
            return compound.parts().stream().mapToInt(part -> count(part, kind)).sum();
        }
        return kind.isInstance(message) ? 1 : 0;
    }

    static int leaves(StreamMessage message) {
        if (message instanceof StreamMessage.Delta delta) {
            return leaves(delta.content());
        }
        return message instanceof StreamMessage.PushPull state ? state.claims().size() + 1 : 1;
    }
}
