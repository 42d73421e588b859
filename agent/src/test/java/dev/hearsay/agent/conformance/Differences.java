package dev.hearsay.agent.conformance;

import java.util.List;

/** All differences that the steps show; docs/serf-compatibility.md says why each is there. */
final class Differences {
    static final List<Difference> ALL = List.of();

    private Differences() {}
}
