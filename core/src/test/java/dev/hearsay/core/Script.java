package dev.hearsay.core;

import dev.hearsay.core.Counters.Counter;
import dev.hearsay.core.membership.Admission;
import dev.hearsay.core.membership.AdmissionRules;
import dev.hearsay.core.membership.AllowList;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.DenseMemberTable;
import dev.hearsay.core.membership.Member;
import dev.hearsay.core.membership.MemberState;
import dev.hearsay.core.membership.Peers;
import dev.hearsay.core.membership.SummedTable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One node, driven by commands a person can write. Members are named {@code n1}, {@code n2}, ... and live at 10.0.0.1,
 * 10.0.0.2, ...; the node under test is {@code n1}.
 *
 * <pre>
 *   among-ours                     before start: every member can do what Hearsay can
 *   among-heartbeats               before start: heartbeats are counted, and every member but n9 sends some
 *   rules 10.0.0.0/24              before start: admission rules, that network and validated names
 *   start                          begin, with an empty table
 *   at 1500                        move the clock to 1500 ms
 *   alive n2 1 [10.0.0.9]          hear news: node, incarnation, optional address
 *   alive-versions n2 1 7,9,8,2,5,5     the same, with versions
 *   suspect n2 1 n3                node, incarnation, accuser
 *   dead n2 1 n3
 *   leave-intent n2 5 [prune]      node, Lamport time
 *   join-intent n2 5
 *   extension 1 2                  version, kind
 *   beats n2@1:5 ...               counters: member, incarnation, how many
 *   ping 7 n1 [10.9.9.9]           with a sequence number, and where the answer should go
 *   ack 7 | nack 7                 with a sequence number
 *   indirect-ping 7 n3
 *   period | gossip | pushpull | reconnect | reap | guard-tick | heartbeat    fire that timer
 *   forward 1 | probe-timeout 1 | probe-end 1 | relay-timeout 2 | suspicion n2 1 | leave-timeout 1
 *   join n2 | reply n2@1=ALIVE ... | fail REFUSED    a join, and how its stream ends
 *   request n2@1=ALIVE ...         a peer's push/pull
 *   digest-request same|other      a peer asks whether this node believes the same
 *   digest-reply 5 same|same-as-before|n2|all     on the node's stream 5: as it is, or was, here; different in a part, or in all
 *   delta-request n2 n2@1=DEAD ... a peer's claims about the part of n2
 *   delta-reply 6 n2 n2@1=DEAD ... the same in answer to the node's stream 6
 *   guard 7 n2 1                   a peer's guard stream: its number, name, incarnation
 *   guard-fail 1 REFUSED | guard-refused 1 | broken 7 | guard-broken 1     end of a peer's, or of the node's own guard stream
 *   stream-fail 1 REFUSED | stream-ack 1             end of the probe's stream with that sequence
 *   verify n2                      somebody doubts that the member lives
 *   leave | force-leave n2 [prune] | meta abc
 *   send-fail n2                   a packet to that member did not leave
 *   load 300 250 0                 what the driver measured: ms of lag, ms of collection, KiB unsent
 *   phi n2                         print how suspicious its silence is
 *   health                         print the health score, and where it comes from
 *   members                        print what the node believes
 *   counted VERSIONS_REJECTED      print a counter
 * </pre>
 */
final class Script {
    private static final long SEED = 42;

    /** A node numbers its pings from a random number on; transcripts count from 1. */
    static final int NUMBERS = new Prng(~SEED).nextInt();

    /** Marks the node's own guard streams. */
    static final long GUARDS = 1L << 34;

    private final RecordingOutbox out = new RecordingOutbox();
    private final SerfScript serf = new SerfScript(out);
    private final StateScript shared = new StateScript(out);
    private Config config;
    private Node node;
    private long now;
    private long lastStream;

    Script(Config config) {
        this.config = config;
        this.node = node(Peers.PLAIN, Admission.ANYBODY, Delegate.SERF);
    }

    private Node node(Peers peers, Admission admission, Delegate above) {
        Identity self = new Identity("n1", address("n1"), Bytes.EMPTY, Versions.SERF, 1);
        return new Node(self, config, new DenseMemberTable(), new TestSizes(), SEED, peers, admission, above);
    }

    Node node() {
        return node;
    }

    /** Runs one command line; returns what the node did, one line an effect. */
    List<String> run(String line) {
        List<String> words = Arrays.asList(line.trim().split(" +"));
        List<String> printed = new ArrayList<>();
        if (!control(words, printed)
                && !packet(words)
                && !timer(words)
                && !stream(words)
                && !shared.run(node, words, now, printed)
                && !serf.run(node, words, now, printed)) {
            throw new IllegalArgumentException("unknown command: " + line);
        }
        for (Timer due = out.nextDue(); due != null; due = out.nextDue()) {
            node.onTimer(due, now, out);
        }
        printed.addAll(out.drain());
        return printed;
    }

    private boolean control(List<String> w, List<String> printed) {
        switch (w.get(0)) {
            case "among-ours" -> node = node((member, ability) -> true, Admission.ANYBODY, Delegate.SERF);
            case "among-sharing" ->
                node = StateScript.at(node((member, ability) -> true, Admission.ANYBODY, StateScript.SHARING), now);
            case "among-heartbeats" -> {
                HeartbeatConfig counted = HeartbeatConfig.DEFAULTS.withDetector(HeartbeatConfig.Detector.HEARTBEAT);
                config = config.toBuilder().heartbeats(counted).build();
                node = node((member, ability) -> !member.name().equals("n9"), Admission.ANYBODY, Delegate.SERF);
            }
            case "phi" ->
                printed.add(
                        node.phi(w.get(1), now).isEmpty()
                                ? "none"
                                : String.format(
                                        Locale.ROOT,
                                        "%.2f",
                                        node.phi(w.get(1), now).getAsDouble()));
            case "rules" ->
                node = node(Peers.PLAIN, new AdmissionRules(AllowList.of(List.of(w.get(1))), true), Delegate.SERF);
            case "start" -> node.start(now, out);
            case "at" -> now = Long.parseLong(w.get(1)) * 1_000_000;
            case "verify" -> {
                Member doubted = node.members().find(w.get(1));
                if (doubted != null) {
                    node.detector.verify(doubted, now, out);
                }
            }
            case "leave" -> node.leave(now, out);
            case "force-leave" -> node.forceLeave(w.get(1), w.size() > 2, now, out);
            case "meta" ->
                node.updateMeta(Bytes.of(w.get(1).getBytes(java.nio.charset.StandardCharsets.UTF_8)), now, out);
            case "counted" -> printed.add(Long.toString(node.counters().get(Counter.valueOf(w.get(1)))));
            case "send-fail" -> node.onSendFailed(address(w.get(1)), now, out);
            case "load" ->
                node.onLoad(new Load(number(w, 1) * 1_000_000, number(w, 2) * 1_000_000, number(w, 3) << 10), now, out);
            case "members" -> printed.addAll(members());
            case "health" ->
                printed.add("health " + node.vitals().health() + " "
                        + node.vitals().local().reason());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean packet(List<String> w) {
        Message message;
        switch (w.get(0)) {
            case "alive" ->
                message = new Message.Alive(
                        w.get(1),
                        number(w, 2),
                        w.size() > 3 ? host(w.get(3)) : address(w.get(1)),
                        Bytes.EMPTY,
                        Versions.SERF);
            case "alive-versions" ->
                message = new Message.Alive(w.get(1), number(w, 2), address(w.get(1)), Bytes.EMPTY, versions(w.get(3)));
            case "extension" -> message = new Message.Extension((int) number(w, 1), (int) number(w, 2), Bytes.EMPTY);
            case "suspect" -> message = new Message.Suspect(w.get(1), number(w, 2), w.get(3));
            case "dead" -> message = new Message.Dead(w.get(1), number(w, 2), w.get(3));
            case "leave-intent" -> message = new Message.LeaveIntent(number(w, 2), w.get(1), w.size() > 3);
            case "join-intent" -> message = new Message.JoinIntent(number(w, 2), w.get(1));
            case "ping" ->
                message = new Message.Ping(
                        (int) number(w, 1), w.get(2), "n2", w.size() > 3 ? host(w.get(3)) : address("n2"));
            case "beats" ->
                message = new Message.Heartbeats(
                        w.stream().skip(1).map(Script::beat).toList());
            case "ack" -> message = new Message.Ack(own(w), null);
            case "nack" -> message = new Message.Nack(own(w));
            case "indirect-ping" ->
                message = new Message.IndirectPing(
                        (int) number(w, 1), w.get(2), address(w.get(2)), true, "n2", address("n2"));
            default -> {
                return false;
            }
        }
        node.onMessage(address("n2"), message, Node.ANY_LENGTH, now, out);
        return true;
    }

    private boolean timer(List<String> w) {
        Timer timer;
        switch (w.get(0)) {
            case "period" -> timer = new Timer.ProtocolPeriod();
            case "gossip" -> timer = new Timer.GossipTick();
            case "pushpull" -> timer = new Timer.PushPullTick();
            case "reconnect" -> timer = new Timer.ReconnectTick();
            case "guard-tick" -> timer = new Timer.GuardTick();
            case "heartbeat" -> timer = new Timer.HeartbeatTick();
            case "reap" -> timer = new Timer.ReapTick();
            case "forward" -> timer = new Timer.Forward((int) number(w, 1));
            case "probe-timeout" -> timer = new Timer.ProbeTimeout(own(w));
            case "probe-end" -> timer = new Timer.ProbeEnd(own(w));
            case "relay-timeout" -> timer = new Timer.RelayTimeout(own(w));
            case "suspicion" -> timer = new Timer.SuspicionTimeout(w.get(1), number(w, 2));
            case "leave-timeout" -> timer = new Timer.LeaveTimeout((int) number(w, 1));
            default -> {
                return false;
            }
        }
        node.onTimer(timer, now, out);
        return true;
    }

    private boolean stream(List<String> w) {
        switch (w.get(0)) {
            case "join", "join-replay" -> {
                lastStream++;
                node.join(lastStream, address(w.get(1)), w.get(0).endsWith("replay"), now, out);
            }
            case "reply" -> node.onStreamReply(lastStream, pushPull(w), now, out);
            case "reply-remembering" ->
                node.onStreamReply(lastStream, SerfScript.remembering(w, claim(w.get(1))), now, out);
            case "request-remembering" ->
                node.onStreamRequest(Node.ACCEPTED_STREAMS + 9, SerfScript.remembering(w, claim(w.get(1))), now, out);
            case "fail" -> node.onStreamFailed(lastStream, StreamFailure.valueOf(w.get(1)), "", now, out);
            case "request" -> node.onStreamRequest(Node.ACCEPTED_STREAMS + 9, pushPull(w), now, out);
            case "stream-fail" -> node.onStreamFailed(probeStream(w), StreamFailure.valueOf(w.get(2)), "", now, out);
            case "stream-ack" -> node.onStreamReply(probeStream(w), new StreamMessage.StreamAck(own(w)), now, out);
            case "digest-request" -> node.onStreamRequest(Node.ACCEPTED_STREAMS + 9, digest(w.get(1), false), now, out);
            case "digest-reply" -> node.onStreamReply(number(w, 1), digest(w.get(2), true), now, out);
            case "delta-request" -> node.onStreamRequest(Node.ACCEPTED_STREAMS + 9, delta(w), now, out);
            case "delta-reply" -> node.onStreamReply(number(w, 1), delta(w.subList(1, w.size())), now, out);
            case "guard" ->
                node.onStreamRequest(
                        Node.ACCEPTED_STREAMS + number(w, 1),
                        new StreamMessage.Guard(w.get(2), number(w, 3)),
                        now,
                        out);
            case "broken" -> node.onStreamBroken(Node.ACCEPTED_STREAMS + number(w, 1), now, out);
            case "guard-broken" -> node.onStreamBroken(GUARDS | number(w, 1), now, out);
            case "guard-fail" ->
                node.onStreamFailed(GUARDS | number(w, 1), StreamFailure.valueOf(w.get(2)), "", now, out);
            case "guard-refused" ->
                node.onStreamReply(GUARDS | number(w, 1), new StreamMessage.Refusal("no"), now, out);
            case "stream-ping" ->
                node.onStreamRequest(
                        Node.ACCEPTED_STREAMS + 9,
                        new StreamMessage.StreamPing(new Message.Ping((int) number(w, 1), w.get(2), "n2", null)),
                        now,
                        out);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What the node itself would say, but for what is said to be different; with the sums of parts if so. */
    private StreamMessage.Digest digest(String different, boolean reply) {
        SummedTable table = new SummedTable(node.members());
        if (different.equals("same") || different.equals("same-as-before")) {
            long sum = table.sum() + (different.equals("same") ? 0 : 1);
            return new StreamMessage.Digest(1, 1, 1, sum, node.userEvents.sum(), Bytes.EMPTY);
        }
        int[] sums = table.sums(8);
        for (int part = 0; part < sums.length; part++) {
            sums[part] += different.equals("all") || part == SummedTable.part(different, sums.length) ? 1 : 0;
        }
        byte[] parts = new byte[reply ? sums.length * Integer.BYTES : 0];
        ByteBuffer.wrap(parts).asIntBuffer().put(reply ? sums : new int[0]);
        return new StreamMessage.Digest(1, 1, 1, table.sum() + 1, node.userEvents.sum(), Bytes.of(parts));
    }

    private static StreamMessage.Delta delta(List<String> w) {
        byte part = (byte) (1 << SummedTable.part(w.get(1), 8));
        StreamMessage.PushPull content = pushPull(w.subList(1, w.size()));
        return new StreamMessage.Delta(
                Bytes.of(part), new StreamMessage.PushPull(false, content.claims(), content.upper()));
    }

    private static StreamMessage.PushPull pushPull(List<String> w) {
        List<Claim> claims = w.subList(1, w.size()).stream().map(Script::claim).collect(Collectors.toList());
        return new StreamMessage.PushPull(true, claims, intents(w));
    }

    /** Serf's half of a push/pull: of {@code n2@3=LEFT~5} that n2 has left, at Lamport time 5. Null if there is no such time. */
    private static StreamMessage.@Nullable SerfState intents(List<String> w) {
        List<StreamMessage.StatusTime> times = new ArrayList<>();
        List<String> left = new ArrayList<>();
        long time = 1;
        for (String text : w.subList(1, w.size())) {
            String[] parts = text.split("~");
            if (parts.length > 1) {
                Claim claim = claim(text);
                times.add(new StreamMessage.StatusTime(claim.node(), Long.parseLong(parts[1])));
                time = Math.max(time, Long.parseLong(parts[1]) + 1);
                if (claim.state() == MemberState.LEFT) {
                    left.add(claim.node());
                }
            }
        }
        return times.isEmpty() ? null : new StreamMessage.SerfState(time, times, left, 1, 1, List.of());
    }

    /** {@code n2@3=DEAD}, optionally {@code n2@3=DEAD/10.0.0.9} and, last, {@code n2@3=DEAD!1,5,2,0,0,0}. */
    private static Claim claim(String text) {
        String[] versions = text.replaceFirst("~.*", "").split("!");
        String[] parts = versions[0].split("[@=/]");
        return new Claim(
                parts[0],
                Long.parseLong(parts[1]),
                parts.length > 3 ? host(parts[3]) : address(parts[0]),
                Bytes.EMPTY,
                versions.length > 1 ? versions(versions[1]) : Versions.SERF,
                MemberState.valueOf(parts[2]));
    }

    /** {@code n2@1:5}: five heartbeats of n2 in its first incarnation. */
    private static Message.Beat beat(String text) {
        String[] parts = text.split("[@:]");
        return new Message.Beat(SummedTable.identity(parts[0], Long.parseLong(parts[1])), Integer.parseInt(parts[2]));
    }

    private static Versions versions(String text) {
        int[] n = Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
        return new Versions(n[0], n[1], n[2], n[3], n[4], n[5]);
    }

    private List<String> members() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < node.members().size(); i++) {
            Member member = node.members().at(i);
            lines.add(member.name() + "@" + member.incarnation() + " "
                    + member.state().name().toLowerCase(Locale.ROOT) + (member.leaving() ? " leaving" : "") + " at "
                    + member.address().host());
        }
        lines.sort(null);
        return lines;
    }

    /** The number of a ping of this node's own. */
    private static int own(List<String> words) {
        return NUMBERS + (int) number(words, 1);
    }

    private static long probeStream(List<String> words) {
        return 1L << 32 | (own(words) & 0xFFFF_FFFFL);
    }

    private static long number(List<String> words, int index) {
        return Long.parseLong(words.get(index));
    }

    static Address address(String name) {
        return Address.ipv4(10, 0, 0, Integer.parseInt(name.substring(1)), 7946);
    }

    private static Address host(String text) {
        String[] n = text.split("\\.");
        return Address.ipv4(
                Integer.parseInt(n[0]), Integer.parseInt(n[1]), Integer.parseInt(n[2]), Integer.parseInt(n[3]), 7946);
    }
}
