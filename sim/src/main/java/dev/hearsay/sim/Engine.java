package dev.hearsay.sim;

import dev.hearsay.core.Address;
import dev.hearsay.core.Config;
import dev.hearsay.core.Event;
import dev.hearsay.core.Load;
import dev.hearsay.core.Message;
import dev.hearsay.core.Sizes;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Virtual time and what happens in it: takes one occurrence after the other and hands it to the node it concerns. */
final class Engine {
    /** A driver reports at once when it is so late, or packets have waited so long to be sent. */
    private static final long AT_ONCE_NANOS = 50_000_000;

    private final TimingWheel wheel = new TimingWheel();
    private final Trace trace = new Trace();
    private final Digest digest = new Digest();
    private final List<SimNode> nodes = new ArrayList<>();
    private final Map<Address, SimNode> byAddress = new HashMap<>();
    private final List<Simulation.Listener> listeners = new ArrayList<>();
    private final long seed;
    private final Config config;
    private final Sizes sizes;
    private final Codec codec;
    private final boolean streamsCounted;
    private final Links links;
    private final Traffic traffic = new Traffic();
    private final Carrier carrier;
    private @Nullable Invariants invariants;
    private long now;
    private long inputs;
    private boolean processesOutliveLeaving;

    Engine(SimulationBuilder settings) {
        this.seed = settings.seed;
        this.config = settings.config;
        this.sizes = settings.sizes;
        this.codec = settings.codec;
        this.streamsCounted = settings.streamsCounted;
        this.links = new Links(settings.seed, settings.network, settings.zones);
        this.carrier = new Carrier(this, traffic, settings);
        links.networks().forEach(carrier::check);
    }

    /** Adds a machine; no process runs there yet. */
    void add(SimNode node) {
        nodes.add(node);
        byAddress.put(node.address(), node);
    }

    void check(Invariants checked) {
        invariants = checked;
    }

    void listen(Simulation.Listener listener) {
        listeners.add(listener);
    }

    long now() {
        return now;
    }

    Config config() {
        return config;
    }

    Sizes sizes() {
        return sizes;
    }

    Links links() {
        return links;
    }

    Trace trace() {
        return trace;
    }

    List<SimNode> nodes() {
        return nodes;
    }

    @Nullable Invariants invariants() {
        return invariants;
    }

    Totals totals() {
        return traffic.totals(inputs);
    }

    /** The machine that has the address, or null. */
    @Nullable SimNode at(Address address) {
        return byAddress.get(address);
    }

    /** The machine gives its address up for another. */
    void move(SimNode node, Address next) {
        byAddress.remove(node.address());
        node.moveTo(next);
        byAddress.put(next, node);
    }

    void add(Occurrence occurrence) {
        wheel.add(occurrence);
    }

    /** Lets everything happen up to and including that moment. */
    void runUntil(long until) {
        for (Occurrence next = wheel.poll(until); next != null; next = wheel.poll(until)) {
            now = next.time;
            next.arrive();
        }
        now = Math.max(now, until);
    }

    /** Lets the next thing happen, if it does up to and including that moment; else time comes to that moment. Whether it did. */
    boolean step(long until) {
        Occurrence next = wheel.poll(until);
        if (next == null) {
            now = Math.max(now, until);
            return false;
        }
        now = next.time;
        next.arrive();
        return true;
    }

    /** From now on an application ends its process itself when it has left. */
    void letProcessesOutliveLeaving() {
        processesOutliveLeaving = true;
    }

    /** An input has reached its machine: the process gets it, now or when it goes on. */
    void input(Input input) {
        if (input.stale()) {
            traffic.missed(input);
        } else if (input.node.isPaused() || (input.node.isBlocked() && !(input instanceof TimerDue))) {
            keep(input);
        } else if (input.node.processor() != null) {
            keep(input);
            input.node.processor().wake();
        } else {
            deliver(input);
        }
    }

    private void keep(Input input) {
        if (!input.node.inbox().keep(input)) {
            traffic.packetsOverflowed++;
        }
    }

    /** A slow process has got to the end of an input; its driver was that late when it began. */
    void take(Input input, long lag) {
        if (input.stale()) {
            traffic.missed(input);
            return;
        }
        reportAtOnce(input.node, lag);
        deliver(input);
    }

    /** From now on each input takes the machine that long; 0: no time, and whatever has waited is taken at this moment. */
    void slow(SimNode node, Duration perInput) {
        Processor before = node.processor();
        Input begun = before == null ? null : before.drop();
        if (begun != null) {
            node.inbox().putBack(begun);
        }
        node.processor(perInput.isZero() ? null : new Processor(this, node, perInput));
        if (!node.isPaused()) {
            deliverAll(node.inbox().takeAll());
        }
    }

    /** From now on the machine's clock runs faster by so many millionths; its timers come when it shows their time. */
    void drift(SimNode node, double ppm) {
        MachineClock clock = node.clock();
        MachineClock.check(ppm);
        List<Occurrence> timers = wheel.take(each -> each instanceof TimerDue timer && timer.node == node);
        timers.sort(null);
        long[] due = timers.stream().mapToLong(timer -> clock.local(timer.time)).toArray();
        clock.drift(ppm, now);
        for (int i = 0; i < due.length; i++) {
            wheel.add(((TimerDue) timers.get(i)).at(clock.when(due[i], now)));
        }
    }

    /** The moment at which the machine's clock will have counted so much more, as long as it keeps its speed. */
    long after(SimNode node, long delay) {
        return node.clock().after(delay, now);
    }

    /** The process goes on. Its driver says first for how long it was away, and then hands it what has waited. */
    void resume(SimNode node) {
        if (!node.isPaused()) {
            return;
        }
        long away = now - node.pausedAt();
        Deque<Input> waiting = node.unpause();
        report(node, away, away);
        deliverAll(waiting);
    }

    /** The process can send and receive again: first leaves what it could not send, then it takes what waited for it. */
    void unblock(SimNode node) {
        long stuck = node.unsentFor(now);
        node.unblock().forEach(Runnable::run);
        report(node, stuck, 0);
        deliverAll(node.inbox().takeAll());
    }

    /** What the driver of that machine measures, as it reports it. */
    private void report(SimNode node, long lag, long collection) {
        command(node, "was away", (core, localNow, out) -> core.onLoad(new Load(lag, collection, 0), localNow, out));
    }

    private void reportAtOnce(SimNode node, long lag) {
        if (lag >= AT_ONCE_NANOS) {
            report(node, lag, 0);
        }
    }

    private void deliverAll(Deque<Input> waiting) {
        for (Input input = waiting.poll(); input != null; input = waiting.poll()) {
            input(input);
        }
    }

    private void deliver(Input input) {
        SimNode node = input.node;
        reportAtOnce(node, node.unsentFor(now));
        inputs++;
        trace.input(now, input);
        SimProcess process = node.running();
        input.deliver(process, node.localTime(now));
        acted(node);
    }

    /** The scenario has a node do something. */
    void command(SimNode node, String text, Command action) {
        trace.command(now, node.index(), text);
        act(node, action);
    }

    /** The application on a machine has its node do something. */
    void act(SimNode node, Command action) {
        SimProcess process = node.running();
        action.on(process.core(), node.localTime(now), process);
        acted(node);
    }

    private void acted(SimNode node) {
        Invariants checked = invariants;
        if (checked != null) {
            checked.after(node);
        }
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).onActed(node);
        }
    }

    void send(SimNode from, Address to, Message message) {
        if (from.isBlocked()) {
            traffic.packetsOverflowed += from.hold(() -> send(from, to, message), now) ? 0 : 1;
            return;
        }
        int bytes = sizes.of(message) + sizes.packetOverhead();
        from.packetsSent++;
        from.bytesSent += bytes;
        traffic.packets++;
        traffic.bytes += bytes;
        Invariants checked = invariants;
        if (checked != null) {
            checked.packet(from, bytes);
        }
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).onSent(from, to, message);
        }
        SimNode target = byAddress.get(to);
        if (target == null) {
            traffic.packetsMissed++;
            return;
        }
        carrier.carry(from, target, message, bytes);
    }

    /** It is decided what becomes of a packet: when it arrives, or below 0 that it does not. */
    void carried(SimNode from, SimNode to, Message message, long nanos) {
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).onCarried(from, to, message, nanos);
        }
    }

    /** What carries packets. */
    Carrier carrier() {
        return carrier;
    }

    /** What the other side gets of a stream's message; null for a side that is nowhere, which gets nothing. */
    StreamMessage carry(SimNode from, @Nullable SimNode to, StreamMessage message) {
        traffic.streamMessages++;
        if (streamsCounted) {
            long bytes = sizes.of(message);
            traffic.streamBytes += bytes;
            from.streamBytesSent += bytes;
        }
        return to == null ? message : codec.stream(from, to, message);
    }

    /** A process takes what came over a stream. */
    void took(SimNode node, StreamMessage message) {
        if (streamsCounted) {
            node.streamBytesReceived += sizes.of(message);
        }
    }

    void emitted(SimNode node, Event event) {
        trace.emitted(now, node.index(), event);
        node.disk().ifPresent(disk -> disk.keep(event));
        if (event instanceof Event.LeaveCompleted && !processesOutliveLeaving) {
            // As an agent does: it has said goodbye, so it stops. Nothing reaches it any more.
            node.end(true);
        }
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).onEvent(node, event);
        }
    }

    Digest look(StreamMessage message) {
        digest.of(message);
        return digest;
    }

    Digest look(Timer timer) {
        digest.of(timer);
        return digest;
    }

    InvariantViolation violated(@Nullable SimNode node, String what) {
        return new InvariantViolation((node == null ? "" : node.name() + ": ") + what + "\n  at " + Trace.seconds(now)
                + " s of virtual time, seed " + seed + ", after " + inputs + " inputs; replay: Simulation.of("
                + nodes.size()
                + ").seed(" + seed + "L) with the same settings and calls, and showTrace(...) for every input\n"
                + "the last inputs (<-), timers (#), events (=>) and commands (**):\n" + trace.recent());
    }
}
