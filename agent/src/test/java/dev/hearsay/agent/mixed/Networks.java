package dev.hearsay.agent.mixed;

/** Addresses of the machine's own, for clusters that do not meet. */
final class Networks {
    private Networks() {}

    /** The first three numbers of a loopback network, different for each combination and most likely for each process. */
    static String of(Layers layers) {
        long pid = ProcessHandle.current().pid();
        int combinations = Layers.values().length;
        return "127." + (100 + pid % 100) + "." + (pid / 100 % 60 * combinations + layers.ordinal());
    }
}
