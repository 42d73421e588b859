package dev.hearsay.web.lab;

import dev.hearsay.core.Config;
import dev.hearsay.core.Event;
import dev.hearsay.core.Message;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberTable;
import dev.hearsay.sim.Network;
import dev.hearsay.sim.SimNode;
import dev.hearsay.sim.Simulation;
import dev.hearsay.sim.Totals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whole nodes of production that watch each other. They know each other from the start. */
final class SwimModel implements Model, Simulation.Listener {
    /** Between two looks at how many records there are. */
    private static final double SLICE_NANOS = 1e6;

    private static final int PING = 2;
    private static final int ACK = 3;
    private static final int INDIRECT = 4;
    private static final int NEWS = 5;

    private static final int UP = 0;
    private static final int PAUSED = 1;
    private static final int DOWN = 2;

    private static final int ALIVE = 0;
    private static final int SUSPECT = 1;
    private static final int FAILED = 2;
    private static final int LEFT = 3;
    private static final int UNKNOWN = 4;

    private static final int NOBODY = -1;

    private final LabSettings settings;
    private final Records records;
    private final Simulation sim;
    private final Joining joining;
    private long suspicions;
    private long refutations;
    private long failures;

    SwimModel(LabSettings settings, Records records) {
        this.settings = settings;
        this.records = records;
        sim = Simulation.of(settings.nodes())
                .seed(settings.whole("seed"))
                .config(config(settings))
                .network(new Network(SpreadModel.latency(settings), settings.loss(), 0))
                .warm()
                .unchecked()
                .start();
        joining = new Joining(sim, settings.number("interval") * 5e6);
        sim.listen(this);
    }

    /** The LAN preset, with all times in the proportion that they have there to the protocol period. */
    static Config config(LabSettings settings) {
        long period = settings.whole("interval") * 1_000_000L;
        return Config.lan().toBuilder()
                .protocolPeriod(Duration.ofNanos(period))
                .probeTimeout(Duration.ofNanos(period / 2))
                .probeTimeoutFloor(Duration.ofNanos(period / 10))
                .goneTimeout(Duration.ofNanos(period / 2))
                .gossipInterval(Duration.ofNanos(period / 5))
                .gossipFanout(settings.whole("fanout"))
                .gossipToTheDead(Duration.ofNanos(period * 30))
                .pushPullInterval(Duration.ofNanos(period * 30))
                .reconnectInterval(Duration.ofNanos(period * 30))
                .streamTimeout(Duration.ofNanos(period * 10))
                .guards(settings.whole("guards"))
                .build();
    }

    // ---- what happens

    @Override
    public void onCarried(SimNode from, SimNode to, Message message, long nanos) {
        double now = now();
        records.packet(now, from.index(), to.index(), nanos < 0 ? -1 : now + nanos, type(message));
    }

    private static int type(Message message) {
        if (message instanceof Message.Compound compound) {
            int type = NEWS;
            for (int i = 0; i < compound.parts().size() && type == NEWS; i++) {
                type = type(compound.parts().get(i));
            }
            return type;
        }
        return message instanceof Message.Ping
                ? PING
                : message instanceof Message.Ack || message instanceof Message.Nack
                        ? ACK
                        : message instanceof Message.IndirectPing ? INDIRECT : NEWS;
    }

    @Override
    public void onEvent(SimNode node, Event event) {
        if (event instanceof Event.MemberSuspected suspected) {
            suspicions++;
            believes(node, suspected.member(), SUSPECT, suspected.accuser());
        } else if (event instanceof Event.MemberFailed failed) {
            failures++;
            believes(node, failed.member(), FAILED, failed.accuser());
        } else if (event instanceof Event.MemberDamped damped) {
            believes(node, damped.member(), FAILED, "");
        } else if (event instanceof Event.MemberRefuted refuted) {
            refutations++;
            believes(node, refuted.member(), ALIVE, "");
        } else if (event instanceof Event.MemberJoined joined) {
            believes(node, joined.member(), ALIVE, "");
        } else if (event instanceof Event.MemberLeft left) {
            believes(node, left.member(), LEFT, "");
        } else if (event instanceof Event.MemberReaped reaped) {
            believes(node, reaped.member(), UNKNOWN, "");
        } else if (event instanceof Event.SeedFailed) {
            joining.failed(node.index());
        }
    }

    private void believes(SimNode observer, Member member, int belief, String accuser) {
        records.belief(
                now(), observer.index(), index(member.name()), belief, accuser.isEmpty() ? NOBODY : index(accuser));
    }

    /** Machines are called n0, n1 and so on. */
    private static int index(String name) {
        return Integer.parseInt(name.substring(1));
    }

    // ---- the run

    @Override
    public boolean advance(double until, int mostRecords) {
        while (records.count() < mostRecords) {
            // At moments that are the same in each run: who asks for how much time at once changes nothing.
            double next = (Math.floor(now() / SLICE_NANOS) + 1) * SLICE_NANOS;
            double slice = Math.min(until, next);
            sim.run(Duration.ofNanos((long) (slice - now())));
            if (slice == next) {
                joining.tryAgain();
            }
            if (slice >= until) {
                return true;
            }
        }
        return false;
    }

    @Override
    public double now() {
        return sim.now().toNanos();
    }

    @Override
    public void act(LabAction action) {
        switch (action.deed()) {
            case CRASH -> action.nodes().forEach(this::crash);
            case RESTART -> action.nodes().forEach(this::restart);
            case PAUSE -> action.nodes().forEach(this::pause);
            case RESUME -> action.nodes().forEach(this::resume);
            case PARTITION -> partition(action.nodes());
            case HEAL -> sim.heal();
            case LOSS -> sim.loss(action.value() / 100);
        }
    }

    private void crash(int node) {
        SimNode machine = running(node);
        MemberTable members = machine.members();
        // Whoever counts accusers forgets this one.
        for (int i = 0; i < members.size(); i++) {
            Member member = members.at(i);
            if (belief(member) != ALIVE) {
                believes(machine, member, UNKNOWN, "");
            }
        }
        sim.crash(node);
        records.process(now(), node, DOWN);
    }

    private void restart(int node) {
        if (sim.node(node).isUp()) {
            throw new IllegalStateException(
                    "node " + node + " runs: only a process that has ended can be started again");
        }
        sim.restart(node);
        records.process(now(), node, UP);
        joining.join(node);
    }

    private void pause(int node) {
        if (running(node).isPaused()) {
            throw new IllegalStateException("node " + node + " stands still already");
        }
        sim.pause(node);
        records.process(now(), node, PAUSED);
    }

    private void resume(int node) {
        if (!running(node).isPaused()) {
            throw new IllegalStateException("node " + node + " does not stand still: only a paused process can go on");
        }
        records.process(now(), node, UP);
        sim.resume(node);
    }

    private void partition(List<Integer> nodes) {
        List<SimNode> some = new ArrayList<>();
        List<SimNode> rest = new ArrayList<>(sim.nodes());
        boolean[] chosen = new boolean[rest.size()];
        for (int node : nodes) {
            chosen[node] = true;
        }
        rest.removeIf(each -> chosen[each.index()] && some.add(each));
        sim.partition(some, rest);
    }

    private SimNode running(int node) {
        SimNode machine = sim.node(node);
        if (!machine.isUp()) {
            throw new IllegalStateException("node " + node + " is down");
        }
        return machine;
    }

    @Override
    public long hash() {
        return sim.traceHash();
    }

    @Override
    public Map<String, Object> totals() {
        Totals all = sim.totals();
        int running = 0;
        for (SimNode node : sim.nodes()) {
            running += node.isUp() ? 1 : 0;
        }
        Map<String, Object> totals = new LinkedHashMap<>();
        totals.put("inputs", all.inputs());
        totals.put("packets", all.packets());
        totals.put("bytes", all.bytes());
        totals.put("lost", all.packetsLost());
        totals.put("missed", all.packetsMissed());
        totals.put("overflowed", all.packetsOverflowed());
        totals.put("streams", all.streamMessages());
        totals.put("suspicions", suspicions);
        totals.put("refutations", refutations);
        totals.put("failures", failures);
        totals.put("informed", 0);
        totals.put("running", running);
        return totals;
    }

    @Override
    public double[] theory() {
        return new double[0];
    }

    @Override
    public boolean done() {
        return false;
    }

    @Override
    public byte[] view(int node) {
        byte[] view = new byte[settings.nodes()];
        Arrays.fill(view, (byte) UNKNOWN);
        MemberTable members = running(node).members();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.at(i);
            view[index(member.name())] = (byte) belief(member);
        }
        return view;
    }

    private static int belief(@Nullable Member member) {
        if (member == null) {
            return UNKNOWN;
        }
        return switch (member.state()) {
            case ALIVE -> ALIVE;
            case SUSPECT -> SUSPECT;
            case DEAD -> FAILED;
            case LEFT -> LEFT;
        };
    }
}
