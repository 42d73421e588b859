package dev.hearsay.core;

import dev.hearsay.core.state.Entry;

/** Every message takes 100 bytes: enough to test a byte budget without an encoding. */
public final class TestSizes implements Sizes {
    @Override
    public int of(Message message) {
        return 100;
    }

    @Override
    public long of(StreamMessage message) {
        return 1000;
    }

    @Override
    public int entry(Entry entry) {
        return 50;
    }

    @Override
    public int packet(Message message) {
        return 100 + packetOverhead();
    }

    @Override
    public int packetOverhead() {
        return 5;
    }

    @Override
    public int perPart() {
        return 2;
    }

    @Override
    public int perCompound() {
        return 2;
    }
}
