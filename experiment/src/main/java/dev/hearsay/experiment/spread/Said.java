package dev.hearsay.experiment.spread;

import dev.hearsay.core.Address;
import dev.hearsay.core.Message;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.state.StateFrame;
import dev.hearsay.sim.Codec;
import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import dev.hearsay.wire.MemberlistSizes;

/**
 * What simulated nodes say to each other about shared state, by what it is for: bytes of UDP payload, exactly as the wire format has
 * them, and of what is said over streams.
 */
public final class Said implements Simulation.Listener, Codec {
    /** Bytes of a hash in a message. */
    private static final int HASH = Long.BYTES;

    private final Sizes sizes = new MemberlistSizes();

    /** Of what begins an exchange, and answers that both have the same. */
    public long sums;

    /** Of cells of sketches, and of asking for more of them. */
    public long cells;

    /** Of asking for entries by their hashes. */
    public long wants;

    /** Of hashes of entries announced. */
    public long announcements;

    /** Of entries, with the packets around them. */
    public long payload;

    /** Entries sent. */
    public long copies;

    /** Hashes announced. */
    public long announced;

    /** Hashes asked for. */
    public long wanted;

    /** Requests and replies over streams. */
    public long overStreams;

    /** Starts again from nothing. */
    public void clear() {
        sums = 0;
        cells = 0;
        wants = 0;
        announcements = 0;
        payload = 0;
        copies = 0;
        announced = 0;
        wanted = 0;
        overStreams = 0;
    }

    /** All bytes but those of sums, which are the same whether something was written or not. */
    public long forNews() {
        return cells + wants + announcements + payload;
    }

    @Override
    public void onSent(SimNode from, Address to, Message message) {
        if (message instanceof Message.State state) {
            count(state.frame(), sizes.packet(message));
        }
    }

    @Override
    public Message packet(SimNode from, SimNode to, Message message) {
        return message;
    }

    @Override
    public StreamMessage stream(SimNode from, SimNode to, StreamMessage message) {
        if (message instanceof StreamMessage.StateExchange state) {
            overStreams++;
            count(state.frame(), sizes.of(message));
        }
        return message;
    }

    private void count(StateFrame frame, long bytes) {
        if (frame instanceof StateFrame.Summary) {
            sums += bytes;
        } else if (frame instanceof StateFrame.Cells || frame instanceof StateFrame.MoreCells) {
            cells += bytes;
        } else if (frame instanceof StateFrame.Want want) {
            wanted += want.hashes().size();
            wants += bytes;
        } else if (frame instanceof StateFrame.News news) {
            int named = news.announced().size() + news.large().size();
            long naming = news.entries().isEmpty() ? bytes : (long) named * HASH;
            announced += named;
            copies += news.entries().size();
            announcements += naming;
            payload += bytes - naming;
        } else {
            copies += frame instanceof StateFrame.Chunk chunk
                    ? chunk.entries().size()
                    : frame instanceof StateFrame.Offer offer ? offer.entries().size() : 0;
            payload += bytes;
        }
    }
}
