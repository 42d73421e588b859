package dev.hearsay.net;

import dev.hearsay.api.node.Figures;
import dev.hearsay.api.node.Joins;
import dev.hearsay.api.node.Mismatch;
import dev.hearsay.api.node.NodeHost;
import dev.hearsay.api.node.NodeLoop;
import dev.hearsay.api.node.Snapshot;
import dev.hearsay.api.node.Traffic;
import dev.hearsay.api.node.WatchedTable;
import dev.hearsay.core.Address;
import dev.hearsay.core.Delegate;
import dev.hearsay.core.Event;
import dev.hearsay.core.Identity;
import dev.hearsay.core.Load;
import dev.hearsay.core.Message;
import dev.hearsay.core.Node;
import dev.hearsay.core.Outbox;
import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.Timer;
import dev.hearsay.core.membership.DenseMemberTable;
import dev.hearsay.core.membership.Member;
import dev.hearsay.wire.AnnouncedPeers;
import dev.hearsay.wire.AnnouncementTable;
import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.MemberlistSizes;
import dev.hearsay.wire.PacketCodec;
import dev.hearsay.wire.StreamCodec;
import dev.hearsay.wire.WireConfig;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseCombiner;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one node on one event loop: hands it its inputs, and is the outbox through which it acts.
 *
 * <p>A turn is what happens between two waits of the loop for this node: one timer, command or stream message, or a batch
 * of packets. Each input gets one reading of the clock. At the end of a turn the packets are flushed, the snapshot is
 * published, and then the events are handed on: whoever hears of an event finds it in the snapshot. While members keep
 * changing, the last two steps wait for a moment ({@link #PACE_NANOS}), and are done once for many turns.
 *
 * <p>If the node throws, it is broken: it alone is stopped. Everything here belongs to the loop, except {@link #snapshot}
 * and {@link #execute}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Timers are never cancelled; a stopped node ignores them.
final class NodeDriver implements NodeLoop, Outbox {
    /**
     * Between two snapshots pass this many nanoseconds per member, because a snapshot costs time per member: with ten
     * members two milliseconds, with a thousand a fifth of a second, and only while members keep changing.
     */
    private static final long PACE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** The tag of streams that no join opened. */
    static final long NO_JOIN = 0;

    private static final Logger log = LoggerFactory.getLogger(NodeDriver.class);

    private final EventLoop loop;
    private final String name;
    private final Sockets sockets;
    private final NodeHost host;
    private final DropCounters drops = new DropCounters();
    private final AnnouncementTable announced;
    private final WatchedTable table;
    private final Node node;
    private final Traffic traffic = new Traffic();
    private final PacketChannel packets;
    private final StreamClient client;
    private final StreamServer server;
    private final Joins joins = new Joins();
    private final LoadMeter meter;

    /** Asked for each packet and each stream: a change holds from the next one on. */
    private volatile WireConfig wire;

    private volatile Snapshot snapshot;
    private List<Event> events = new ArrayList<>();
    private long publishedAt = System.nanoTime();
    private long figuresAt = publishedAt;
    private boolean publishing;
    private boolean inTurn;
    private boolean stopped;

    /** Makes the driver of a node on sockets already bound; {@link #start} begins. */
    NodeDriver(
            HearsayRuntime.Lane lane,
            Identity identity,
            NodeSettings settings,
            long seed,
            Sockets sockets,
            Delegate delegate,
            NodeHost host) {
        this.loop = lane.loop();
        this.name = identity.name();
        this.sockets = sockets;
        this.host = host;
        this.wire = settings.wire();
        this.announced = new AnnouncementTable(new DenseMemberTable(new SecureRandom().nextLong()), wire.serf(), drops);
        this.table = new WatchedTable(announced);
        Gate gate = new Gate(name, settings.rules(), settings.admission(), traffic);
        this.node = new Node(
                identity,
                settings.config(),
                table,
                new MemberlistSizes(this::wire),
                seed,
                new AnnouncedPeers(),
                gate,
                delegate);
        StreamCodec streams = new StreamCodec(this::wire, drops);
        long timeout = settings.config().streamTimeoutNanos();
        Mismatch mismatch = new Mismatch(name);
        this.meter = new LoadMeter(name, lane.heartbeat());
        this.packets = new PacketChannel(this, sockets.udp(), new PacketCodec(this::wire, drops), traffic, mismatch);
        this.client = new StreamClient(this, lane, timeout, sockets.local(), streams, traffic);
        this.server = new StreamServer(this, sockets.tcp(), timeout, streams, traffic, mismatch);
        Member self = node.self();
        this.snapshot = new Snapshot(self, 0, List.of(self), 1, Figures.of(node, drops, traffic));
    }

    /** Lets the sockets read and the node begin. That it joined itself is told to nobody: it is no news. */
    void start(Input begin) {
        packets.start(loop).addListener(this::registered);
        server.start(loop).addListener(this::registered);
        meter.start();
        input(begin);
        events.clear();
        endTurn();
    }

    private void registered(Future<? super Void> registration) {
        if (!registration.isSuccess()) {
            stop(registration.cause());
        }
    }

    @Override
    public WireConfig wire() {
        return wire;
    }

    @Override
    public synchronized void wire(UnaryOperator<WireConfig> change) {
        WireConfig next = change.apply(wire);
        if (next.serf() != wire.serf()) {
            throw new IllegalArgumentException("serf is " + wire.serf() + ": must stay so while the node runs");
        }
        wire = next;
    }

    @Override
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public void execute(Runnable action) {
        try {
            loop.execute(action);
        } catch (RejectedExecutionException e) {
            log.debug("node '{}' is gone, and its loop too", name);
        }
    }

    @Override
    public Runnable schedule(Runnable action, long delayNanos) {
        Future<?> scheduled = loop.schedule(action, delayNanos, TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public boolean stopped() {
        return stopped;
    }

    @Override
    public void turn(Input input) {
        turn(input, 0);
    }

    private void turn(Input input, long late) {
        if (inTurn) {
            // A channel that failed at once, inside a call to the outbox: the node must not be entered twice.
            loop.execute(() -> turn(input, late));
            return;
        }
        input(input, late);
        endTurn();
    }

    /** Gives the node one input of several; {@link #endTurn} follows. */
    void input(Input input) {
        input(input, 0);
    }

    private void input(Input input, long late) {
        if (stopped) {
            return;
        }
        inTurn = true;
        try {
            long now = System.nanoTime();
            Load load = meter.measure(Math.max(late, packets.stuckFor(now)), packets.unsentBytes(), now);
            if (load != null) {
                node.state().onClock(System.currentTimeMillis(), now);
                node.onLoad(load, now, this);
            }
            input.apply(node, now, this);
        } catch (RuntimeException | StackOverflowError | AssertionError broken) {
            log.error("node '{}' is broken and stops", name, broken);
            events.clear();
            stop(new IllegalStateException("node '" + name + "' is broken: " + broken, broken));
        } finally {
            inTurn = false;
        }
    }

    /** Flushes what the node sent; publishes what changed and hands on what it said, now or soon. */
    void endTurn() {
        if (stopped) {
            return;
        }
        packets.flush();
        host.onTurnEnd();
        long wait = publishedAt + table.size() * PACE_NANOS - System.nanoTime();
        if (wait <= 0) {
            publish();
        } else if (!publishing && (table.changed() || !events.isEmpty())) {
            publishing = true;
            loop.schedule(this::publishLater, wait, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void publish() {
        if (stopped) {
            return;
        }
        publishSnapshot();
        if (!events.isEmpty()) {
            List<Event> said = events;
            events = new ArrayList<>();
            said.forEach(joins::on);
            host.onEvents(said);
        }
    }

    private void publishLater() {
        publishing = false;
        publish();
    }

    @Override
    public long join(Address seed, boolean replay, Consumer<Joins.Outcome> onDone) {
        long join = joins.begin(onDone);
        turn((node, now, out) -> {
            client.tag(join);
            node.join(join, seed, replay, now, out);
            client.tag(NO_JOIN);
        });
        return join;
    }

    /** Also fails the stream it opened. */
    @Override
    public void abandonJoin(long join) {
        joins.abandon(join);
        client.cancel(join);
    }

    /** The reply on a stream that the node opened, for that join or {@link #NO_JOIN}. */
    void onStreamReply(long stream, long join, StreamMessage reply) {
        turn((node, now, out) -> {
            joins.inspect(join, node.self(), reply);
            node.onStreamReply(stream, reply, now, out);
        });
    }

    /** A held stream, whoever opened it, has ended, and not by this node. */
    void onStreamBroken(long stream) {
        turn((node, now, out) -> node.onStreamBroken(stream, now, out));
    }

    /** Nothing the node hears or says counts any more, and its sockets close. */
    @Override
    public void stop(@Nullable Throwable cause) {
        if (stopped) {
            return;
        }
        stopped = true;
        meter.stop();
        client.close();
        PromiseCombiner closing = new PromiseCombiner(loop);
        closing.add(packets.close());
        server.close(closing);
        Promise<Void> done = loop.newPromise();
        done.addListener(ignored -> tellStopped(cause));
        closing.finish(done);
    }

    /** The kernel has a port back only when the selector, too, has let go of a closed socket: at its next look. */
    private void tellStopped(@Nullable Throwable cause) {
        if (sockets.registered()) {
            loop.schedule(() -> tellStopped(cause), 1, TimeUnit.MILLISECONDS);
        } else {
            host.onStopped(cause);
        }
    }

    @Override
    public void send(Address to, Message message) {
        packets.send(to, message, announced.readsChecksum(to));
    }

    @Override
    public void open(long stream, Address to, StreamMessage request) {
        client.open(stream, to, request);
    }

    @Override
    public void reply(long stream, StreamMessage reply) {
        server.reply(stream, reply);
    }

    @Override
    public void close(long stream) {
        if (stream < Node.ACCEPTED_STREAMS) {
            client.close(stream);
        } else {
            server.close(stream);
        }
    }

    @Override
    public void schedule(long delayNanos, Timer timer) {
        long due = System.nanoTime() + delayNanos;
        loop.schedule(() -> fire(timer, due), delayNanos, TimeUnit.NANOSECONDS);
    }

    private void fire(Timer timer, long due) {
        turn((node, now, out) -> node.onTimer(timer, now, out), Math.max(0, System.nanoTime() - due));
    }

    @Override
    public void say(Event event) {
        if (!stopped) {
            events.add(event);
            publish();
        }
    }

    @Override
    public void emit(Event event) {
        if (event instanceof Event.LocalPause pause) {
            meter.onPause(pause);
        }
        if (!host.onState(event)) {
            events.add(event);
        }
    }

    private void publishSnapshot() {
        long now = System.nanoTime();
        boolean changed = table.takeChanged();
        boolean due = now - figuresAt >= Snapshot.FIGURES_NANOS;
        if (!changed && !due) {
            return;
        }
        Snapshot before = snapshot;
        List<Member> members = changed ? Snapshot.copy(table) : before.members();
        long version = changed ? before.version() + 1 : before.version();
        Figures figures = due ? Figures.of(node, drops, traffic) : before.figures();
        figuresAt = due ? now : figuresAt;
        publishedAt = changed ? now : publishedAt;
        snapshot = new Snapshot(node.self(), version, members, table.live(), figures);
    }
}
