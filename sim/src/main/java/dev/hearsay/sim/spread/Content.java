package dev.hearsay.sim.spread;

import dev.hearsay.core.state.StateFrame;

/** 32 bits of what is said about an entry: what kind of frame it is, and what of it decides what its receiver does. */
final class Content {
    private Content() {}

    static int of(StateFrame frame) {
        if (frame instanceof StateFrame.News news) {
            int bits = 1;
            for (StateFrame.Pushed pushed : news.entries()) {
                bits = add(add(bits, pushed.entry().hash()), pushed.hops());
            }
            for (long hash : news.announced()) {
                bits = add(bits, hash);
            }
            return bits;
        } else if (frame instanceof StateFrame.Want want) {
            int bits = 2;
            for (long hash : want.hashes()) {
                bits = add(bits, hash);
            }
            return bits;
        } else if (frame instanceof StateFrame.Summary summary) {
            return add(add(summary.answer() ? 3 : 4, summary.sum()), summary.number());
        } else if (frame instanceof StateFrame.MoreCells more) {
            return add(add(5, more.number()), more.count());
        } else if (frame instanceof StateFrame.Cells cells) {
            return add(add(6, cells.number()), cells.count());
        }
        throw new IllegalStateException("a packet that only a stream has: " + frame);
    }

    private static int add(int bits, long number) {
        return 31 * bits + Long.hashCode(number);
    }
}
