package dev.hearsay.sim;

import dev.hearsay.core.Address;
import dev.hearsay.core.Message;
import org.jspecify.annotations.Nullable;

/** Carries packets from one machine to another: decides what becomes of each on its way, and counts it. */
final class Carrier {
    private static final long LOST = -1;

    private final Engine engine;
    private final Links links;
    private final Traffic traffic;
    private final Codec codec;
    private final @Nullable Damage damage;
    private final Digest digest = new Digest();

    Carrier(Engine engine, Traffic traffic, SimulationBuilder settings) {
        this.engine = engine;
        this.links = engine.links();
        this.traffic = traffic;
        this.codec = settings.codec;
        this.damage = settings.damage;
    }

    /**
     * Checks that this network can be had here.
     *
     * @throws IllegalArgumentException if it corrupts packets, and nobody knows what that does to them
     */
    void check(Network network) {
        if (network.corruption() > 0 && damage == null) {
            throw new IllegalArgumentException(
                    "corruption " + network.corruption()
                            + " needs to know what flipped bits do to a packet: say SimulationBuilder.damage, as a new WireCodec()");
        }
    }

    /** A packet of that many bytes has been handed to the network. */
    void carry(SimNode from, SimNode to, Message message, int bytes) {
        Message carried = codec.packet(from, to, message);
        digest.of(carried);
        int kind = digest.kind();
        long hash = digest.hash();
        Path path = links.path(from.index(), to.index());
        long fate = links.fate(from.index(), to.index(), kind, from.nextOfKind(kind));
        boolean limited = path.limited() && !links.refuses(from.index(), to.index());
        long uplink = limited ? uplink(path, from, bytes) : 0;
        if (uplink < 0) {
            engine.carried(from, to, message, LOST);
            return;
        }
        if (links.isCut(from.index(), to.index()) || links.lost(path, from.index(), to.index(), fate)) {
            traffic.packetsLost++;
            engine.carried(from, to, message, LOST);
            SimProcess process = from.process();
            if (process != null && links.refuses(from.index(), to.index())) {
                engine.add(new SendFailed(engine.now(), process, from.nextSequence(), to.address()));
            }
            return;
        }
        if (path.corrupted(fate)) {
            Message damaged = damaged(from, to, carried, Path.whichBits(fate));
            if (damaged == null) {
                engine.carried(from, to, message, LOST);
                return;
            }
            carried = damaged;
            digest.of(carried);
            kind = digest.kind();
            hash = digest.hash();
        }
        long leaves = engine.now() + uplink;
        long latency = path.packetLatency(fate);
        engine.carried(from, to, message, uplink + latency);
        put(leaves + latency, to, from, carried, bytes, kind, hash);
        if (path.twice(fate)) {
            traffic.packetsDuplicated++;
            put(leaves + path.secondLatency(fate), to, from, carried, bytes, kind, hash);
        }
    }

    /** How long the packet takes to leave the sender's uplink; -1 if there is no room for it. */
    private long uplink(Path path, SimNode from, int bytes) {
        long takes = path.uplink(from.index(), bytes, engine.now());
        if (takes < 0) {
            traffic.packetsQueueDropped++;
        }
        Invariants checked = engine.invariants();
        if (checked != null && (takes < 0 || takes > engine.config().probeTimeoutNanos() / 2)) {
            // Nothing that it says is in time, and nobody can tell that from silence.
            checked.congested(from, engine.now() + Math.max(takes, 0));
        }
        return takes;
    }

    private @Nullable Message damaged(SimNode from, SimNode to, Message message, long bits) {
        traffic.packetsCorrupted++;
        Damage known = damage;
        Message damaged = known == null ? null : known.packet(from, to, message, bits);
        traffic.packetsRefused += damaged == null ? 1 : 0;
        return damaged;
    }

    private void put(long time, SimNode to, SimNode from, Message message, int bytes, int kind, long hash) {
        engine.add(new PacketArrival(
                engine, time, to, from.index(), from.address(), from.nextSequence(), message, bytes, kind, hash));
    }

    /** A packet that no node has sent reaches a machine after that time, wherever it says it comes from. */
    void inject(Address source, SimNode to, long sequence, Message message, long delay) {
        int bytes = engine.sizes().of(message) + engine.sizes().packetOverhead();
        Message carried = codec.packet(to, to, message);
        digest.of(carried);
        engine.add(new PacketArrival(
                engine,
                engine.now() + delay,
                to,
                engine.nodes().size(),
                source,
                sequence,
                carried,
                bytes,
                digest.kind(),
                digest.hash()));
    }
}
