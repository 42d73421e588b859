package dev.hearsay.core;

/**
 * The protocol versions a member can speak and speaks: six numbers of 0 to 255 that travel with every {@code alive}
 * (memberlist's {@code Vsn}). The delegate versions are those of the layer above, Serf.
 */
public record Versions(int protocolMin, int protocolMax, int protocol, int delegateMin, int delegateMax, int delegate) {

    /** What a Serf agent announces, and what we announce: memberlist 1 to 5 speaking 2, Serf 2 to 5 speaking 5. */
    public static final Versions SERF = new Versions(1, 5, 2, 2, 5, 5);

    /** What a program on bare memberlist announces (Alertmanager, for one): no layer above. */
    public static final Versions MEMBERLIST = new Versions(1, 5, 2, 0, 0, 0);

    /**
     * Whether the numbers can be true: each range in order and holding the version in use, and a protocol above zero.
     *
     * <p>memberlist checks this on push/pull only, so that one {@code alive} with impossible versions makes every later
     * push/pull fail there (memberlist's "version poisoning"). We check before we believe.
     */
    public boolean plausible() {
        return protocolMin > 0
                && protocolMin <= protocol
                && protocol <= protocolMax
                && delegateMin <= delegate
                && delegate <= delegateMax;
    }
}
