package dev.hearsay.experiment.run;

/**
 * Something that the scenario did, or that one watched member went through.
 *
 * @param seconds of virtual time
 * @param text for a person
 */
public record Incident(double seconds, String text) {}
