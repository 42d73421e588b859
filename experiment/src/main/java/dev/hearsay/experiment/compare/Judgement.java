package dev.hearsay.experiment.compare;

/**
 * What a test says about two samples, before all tests are judged together.
 *
 * @param test its name
 * @param p two-sided: how likely a difference as great as this is, or a greater one, if nothing changed
 * @param attainable the least p that so many values, with the ties they have, can give
 * @param direction 1 if the second sample is above, -1 if below, 0 if neither
 * @param shift by how much the second is above the first (Hodges and Lehmann 1963)
 * @param low lower end of the 95 % confidence interval of the shift; minus infinity if there are too few values
 * @param high its upper end
 */
record Judgement(String test, double p, double attainable, int direction, double shift, double low, double high) {
    /** One less the confidence of the interval, halved: what each end may miss. */
    static final double TAIL = 0.025;
}
