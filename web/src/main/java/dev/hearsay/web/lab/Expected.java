package dev.hearsay.web.lab;

/** What the papers expect of a run, where they have a curve. */
final class Expected {
    private Expected() {}

    /** Milliseconds and nodes informed, in turn; empty if there is no curve for it. */
    static double[] curve(LabSettings settings) {
        return new double[0];
    }
}
