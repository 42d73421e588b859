package dev.hearsay.experiment.scenario;

import dev.hearsay.sim.Network;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The network of a scenario.
 *
 * @param base between any two members, unless their zones say otherwise
 * @param between what is different between two zones, or inside one, in the order of the file: later ones win
 */
public record NetworkPlan(Network base, List<Between> between) {

    /**
     * What is different between two zones.
     *
     * @param one number of a zone
     * @param other number of another, or of the same
     * @param change applied to the network of the scenario
     */
    public record Between(int one, int other, Change change) {}

    /**
     * What is different from another network.
     *
     * @param text for a person
     * @param change to that network
     */
    public record Change(String text, UnaryOperator<Network> change) {}
}
