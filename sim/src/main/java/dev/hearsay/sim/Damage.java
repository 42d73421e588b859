package dev.hearsay.sim;

import dev.hearsay.core.Message;
import org.jspecify.annotations.Nullable;

/** What flipped bits do to a packet. Only the wire format knows: {@link WireCodec} does, with the code that sockets use. */
@FunctionalInterface
public interface Damage {
    /**
     * What the receiver makes of a packet of which some bits were flipped on the way.
     *
     * @param from who sent it
     * @param to where it arrives
     * @param message what was sent
     * @param bits 64 random bits: the same give the same damage
     * @return what it says now; null if the receiver refuses it
     */
    @Nullable Message packet(SimNode from, SimNode to, Message message, long bits);
}
