package dev.hearsay.sim.cluster;

import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Timeline;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The wall clock of one machine. */
final class VirtualClock extends Clock {
    private final Timeline timeline;
    private final SimNode node;
    private final ZoneId zone;

    private VirtualClock(Timeline timeline, SimNode node, ZoneId zone) {
        this.timeline = timeline;
        this.node = node;
        this.zone = zone;
    }

    static Clock of(Timeline timeline, SimNode node) {
        return new VirtualClock(timeline, node, ZoneOffset.UTC);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new VirtualClock(timeline, node, other);
    }

    @Override
    public long millis() {
        return timeline.wallMillis(node);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis()).plusNanos(timeline.elapsed(node) % 1_000_000);
    }
}
