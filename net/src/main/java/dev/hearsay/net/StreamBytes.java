package dev.hearsay.net;

import dev.hearsay.core.StreamMessage;
import dev.hearsay.wire.StreamDecoder;
import dev.hearsay.wire.WireException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/** From Netty's buffers to the decoder's arrays. */
final class StreamBytes {

    private StreamBytes() {}

    /** Hands what arrived to the decoder; the message if it is complete now, else null. */
    static @Nullable StreamMessage feed(StreamDecoder decoder, ByteBuf arrived) throws WireException {
        byte[] bytes = ByteBufUtil.getBytes(arrived);
        decoder.feed(bytes, 0, bytes.length);
        return decoder.next();
    }
}
