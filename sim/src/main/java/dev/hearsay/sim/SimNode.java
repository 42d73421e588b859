package dev.hearsay.sim;

import dev.hearsay.core.Address;
import dev.hearsay.core.Node;
import dev.hearsay.core.membership.Incarnation;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.MemberTable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One machine of a simulation: a name, an address, and a process that may run, stand still or be gone. Change it through
 * {@link Simulation}; read it at any time between two calls to that.
 */
public final class SimNode {
    /**
     * Packets that wait in the socket of a paused process; what comes after that is lost. About what Linux keeps by
     * default: 208 KiB, in which a packet costs up to 2 KiB whatever its length.
     */
    public static final int SOCKET_PACKETS = 128;

    /** Packets that a driver reads before it turns to the timers that are due, as Netty's event loop does. */
    static final int PACKETS_BEFORE_TIMERS = 16;

    private static final int SHOWN_MEMBERS = 5;

    private final int index;
    private final String name;
    private final MachineClock clock;
    private final int[] sentOfKind = new int[Digest.KINDS];
    private final Inbox inbox = new Inbox();
    private final Optional<Disk> disk;
    private @Nullable Processor processor;
    private Address address;
    private @Nullable SimProcess process;
    private final Deque<Runnable> unsent = new ArrayDeque<>();
    private boolean paused;
    private boolean blocked;
    private long pausedAt;
    private boolean off;
    private long unsentSince;
    private boolean leaving;
    private boolean left;
    private long sequence;

    long packetsSent;
    long bytesSent;
    long packetsReceived;
    long bytesReceived;
    long streamBytesSent;
    long streamBytesReceived;
    long lastIncarnation;
    int starts;

    SimNode(int index, Address address, long clockOrigin, boolean durable) {
        this.disk = durable ? Optional.of(new Disk()) : Optional.empty();
        this.index = index;
        this.name = nameOf(index);
        this.address = address;
        this.clock = new MachineClock(clockOrigin);
    }

    static String nameOf(int index) {
        return "n" + index;
    }

    /** The index in a name as {@link #nameOf} makes it; -1 if it is none. */
    static int indexOf(String name) {
        int index = 0;
        for (int i = 1; i < name.length(); i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9 || index > SimulationBuilder.MAX_NODES) {
                return -1;
            }
            index = index * 10 + digit;
        }
        return name.length() > 1 && name.charAt(0) == 'n' ? index : -1;
    }

    /** Its place in the simulation, from 0. */
    public int index() {
        return index;
    }

    /** {@code n0}, {@code n1} and so on. */
    public String name() {
        return name;
    }

    /** Where it listens now. */
    public Address address() {
        return address;
    }

    /** Whether its process runs, paused or not. */
    public boolean isUp() {
        return process != null;
    }

    /** Whether its process stands still. */
    public boolean isPaused() {
        return paused;
    }

    /** Whether the machine has no power: nothing answers there. */
    public boolean isOff() {
        return off;
    }

    /** Whether it left gracefully, and has not been restarted since. */
    public boolean hasLeft() {
        return left;
    }

    /**
     * The running state machine, for reading.
     *
     * @throws IllegalStateException if no process runs
     */
    public Node core() {
        return running().core();
    }

    /** Whom it knows, itself included. */
    public MemberTable members() {
        return core().members();
    }

    /** What it believes of the member with that name; null if it knows none. */
    public @Nullable Member sees(String member) {
        return members().find(member);
    }

    /** Packets handed to the network since the beginning, lost ones included. */
    public long packetsSent() {
        return packetsSent;
    }

    /** UDP payload bytes of the packets sent, exactly as the wire format has them. */
    public long bytesSent() {
        return bytesSent;
    }

    /** Packets that reached its process. */
    public long packetsReceived() {
        return packetsReceived;
    }

    /** UDP payload bytes of the packets that reached its process. */
    public long bytesReceived() {
        return bytesReceived;
    }

    /**
     * Bytes of the requests and replies that it sent over streams, whether or not they got there; 0 unless
     * {@linkplain SimulationBuilder#countStreams counted}.
     */
    public long streamBytesSent() {
        return streamBytesSent;
    }

    /**
     * Bytes of the requests and replies that its process took from streams; 0 unless
     * {@linkplain SimulationBuilder#countStreams counted}.
     */
    public long streamBytesReceived() {
        return streamBytesReceived;
    }

    /** Packets, timers and what came over streams that wait for its process, which stands still, is blocked or slow. */
    public int inputsWaiting() {
        return inbox.size();
    }

    /** Whether each input takes its process a while: see {@link Simulation#slow}. */
    public boolean isSlow() {
        return processor != null;
    }

    /** How much faster than virtual time its clock runs, in millionths; below 0 if slower. */
    public double drift() {
        return clock.ppm();
    }

    @Override
    public String toString() {
        return name + " at " + address;
    }

    /** Whom it believes to be how, in a few words. */
    String view() {
        MemberTable table = members();
        StringBuilder text = new StringBuilder().append(table.live()).append(" live");
        int shown = 0;
        for (int i = 0; i < table.size() && shown < SHOWN_MEMBERS; i++) {
            Member member = table.at(i);
            if (member.state() != MemberState.ALIVE) {
                text.append(", ").append(member.name()).append(' ').append(member.state());
                shown++;
            }
        }
        return text.toString();
    }

    /** What its processes keep of the shared state, if they do. */
    Optional<Disk> disk() {
        return disk;
    }

    @Nullable SimProcess process() {
        return process;
    }

    SimProcess running() {
        SimProcess current = process;
        if (current == null) {
            throw new IllegalStateException(name + " is down");
        }
        return current;
    }

    boolean isLeaving() {
        return leaving;
    }

    /** This machine's monotonic clock at a virtual time: every machine counts from another origin. */
    long localTime(long now) {
        return clock.local(now);
    }

    MachineClock clock() {
        return clock;
    }

    /** What has reached it and waits. */
    Inbox inbox() {
        return inbox;
    }

    @Nullable Processor processor() {
        return processor;
    }

    void processor(@Nullable Processor next) {
        processor = next;
    }

    /** The process goes on: what waited meanwhile. */
    Deque<Input> unpause() {
        paused = false;
        return inbox.takeAll();
    }

    long nextSequence() {
        return sequence++;
    }

    int nextOfKind(int kind) {
        return sentOfKind[kind]++;
    }

    void moveTo(Address next) {
        address = next;
    }

    void begin(SimProcess started) {
        process = started;
        paused = false;
        off = false;
        leaving = false;
        left = false;
        starts++;
    }

    void end(boolean gracefully) {
        SimProcess ended = running();
        stop();
        left = gracefully;
        ended.closeStreams();
    }

    /** The machine loses its power: nobody is left to close anything. */
    void powerOff() {
        stop();
        off = true;
    }

    private void stop() {
        hasHad(running().core().self().incarnation());
        process = null;
        paused = false;
        left = false;
        blocked = false;
        unsent.clear();
        inbox.clear();
        if (processor != null) {
            processor.drop();
        }
    }

    /** Remembers the newest incarnation it has had, for its next start. */
    void hasHad(long incarnation) {
        lastIncarnation = Incarnation.newer(incarnation, lastIncarnation) ? incarnation : lastIncarnation;
    }

    void pause(long now) {
        pausedAt = paused ? pausedAt : now;
        paused = true;
    }

    /** Since when the process stands still, if it does. */
    long pausedAt() {
        return pausedAt;
    }

    /** Whether nothing gets in or out, while its timers run. */
    public boolean isBlocked() {
        return blocked;
    }

    void block() {
        blocked = true;
    }

    /** Keeps what is to be sent until the process can send again. Returns false if there is no room: it is lost. */
    boolean hold(Runnable sending, long now) {
        if (unsent.size() == SOCKET_PACKETS) {
            return false;
        }
        unsentSince = unsent.isEmpty() ? now : unsentSince;
        return unsent.add(sending);
    }

    /** How long the oldest unsent packet has waited; 0 if there is none. */
    long unsentFor(long now) {
        return unsent.isEmpty() ? 0 : now - unsentSince;
    }

    /** What waited to be sent, in order; the process can send and receive again. */
    Deque<Runnable> unblock() {
        blocked = false;
        Deque<Runnable> held = new ArrayDeque<>(unsent);
        unsent.clear();
        return held;
    }

    void startLeaving() {
        leaving = true;
    }
}
