package dev.hearsay.agent.demo;

/**
 * What the demo was told.
 *
 * @param nodes how many agents, at least 3
 * @param basePort where members listen; commands listen on the next port
 * @param once whether to exit when the story is told
 * @param open whether to open the dashboard for whoever sits here
 */
public record DemoSettings(int nodes, int basePort, boolean once, boolean open) {}
