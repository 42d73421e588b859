package dev.hearsay.web.lab;

import dev.hearsay.sim.epidemic.Theory;

/** What is expected of a run, where there is a curve for it: {@link Theory#pushInTime} for push, without exchanges, and a straight line for the central server. */
final class Expected {
    private Expected() {}

    /** Milliseconds and nodes informed, in turn; empty if there is no curve for it. */
    static double[] curve(LabSettings settings) {
        return switch (settings.protocol()) {
            case PUSH ->
                Theory.pushInTime(
                        settings.nodes(),
                        settings.whole("fanout"),
                        settings.loss(),
                        settings.whole("rounds"),
                        settings.number("interval"),
                        settings.number("latency"));
            case BROADCAST -> server(settings);
            default -> new double[0];
        };
    }

    /** With loss, who gets it when hangs on what is sent again: there is no line for that. */
    private static double[] server(LabSettings settings) {
        if (settings.loss() > 0) {
            return new double[0];
        }
        int n = settings.nodes();
        double uplink = settings.number("uplink");
        double latency = settings.number("latency");
        return new double[] {0, 1, uplink + latency, 2, (n - 1) * uplink + latency, n};
    }
}
