package dev.hearsay.sim;

import dev.hearsay.core.Address;

/** A process learns that its machine refused a packet. */
final class SendFailed extends OwnInput {
    private final Address address;

    SendFailed(long time, SimProcess process, long sequence, Address address) {
        super(time, process, sequence);
        this.address = address;
    }

    @Override
    void deliver(SimProcess to, long localNow) {
        to.core().onSendFailed(address, localNow, to);
    }

    @Override
    int kind() {
        return Digest.SEND_FAILURE;
    }

    @Override
    long digest() {
        return address.hashCode();
    }

    @Override
    Object content() {
        return "no route to " + address;
    }
}
