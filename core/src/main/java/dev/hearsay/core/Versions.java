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

    /**
     * Whether members that announce these and those versions can be in one cluster: both are plausible, and what each one
     * speaks, both protocol and delegate, lies in the range of the other. Symmetric. memberlist ({@code verifyProtocol})
     * holds everybody against everybody and fails a push/pull as a whole; we hold each member against ourselves.
     */
    public boolean compatible(Versions other) {
        return plausible() && other.plausible() && other.understands(this) && understands(other);
    }

    /**
     * Why members that announce these and those versions cannot be in one cluster, in memberlist's words; empty if they
     * are {@link #compatible}.
     *
     * @param name of the member with these versions
     * @param otherName of the member with those
     */
    public String objection(String name, String otherName, Versions other) {
        if (!plausible()) {
            return impossible(name);
        }
        if (!other.plausible()) {
            return other.impossible(otherName);
        }
        return understands(other) ? outside(name, other) : other.outside(otherName, this);
    }

    private boolean understands(Versions other) {
        return protocolMin <= other.protocol
                && other.protocol <= protocolMax
                && delegateMin <= other.delegate
                && other.delegate <= delegateMax;
    }

    /** That what this member speaks is not in the range of the other; empty if it is. */
    private String outside(String name, Versions range) {
        if (protocol < range.protocolMin || protocol > range.protocolMax) {
            return "Node '" + name + "' protocol version (" + protocol + ") is incompatible: [" + range.protocolMin
                    + ", " + range.protocolMax + "]";
        }
        if (delegate < range.delegateMin || delegate > range.delegateMax) {
            return "Node '" + name + "' delegate protocol version (" + delegate + ") is incompatible: ["
                    + range.delegateMin + ", " + range.delegateMax + "]";
        }
        return "";
    }

    private String impossible(String name) {
        return "Node '" + name + "' announces versions that cannot be true: protocol " + protocol + " of ["
                + protocolMin + ", " + protocolMax + "], delegate " + delegate + " of [" + delegateMin + ", "
                + delegateMax + "]";
    }
}
