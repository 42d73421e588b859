package dev.hearsay.web.lab;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.teavm.jso.JSByRef;
import org.teavm.jso.JSExport;

/**
 * A run of the lab, in virtual time. Settings, seed and actions decide everything that happens. Errors are {@link IllegalArgumentException} and {@link
 * IllegalStateException}, in a browser an {@code Error}, with a message for a person. Not thread-safe.
 */
public final class Run {
    /** Most actions that wait for their time. */
    static final int MOST_WAITING = 10_000;

    /** Most of those that could not be done whose reasons are kept. */
    static final int MOST_REFUSED = 20;

    private static final double NANOS_PER_MILLI = 1e6;

    private final LabSettings settings;
    private final Records records = new Records();
    private final Model model;

    /** What is to be done, in the order of time. */
    private final Deque<LabAction> waiting = new ArrayDeque<>();

    private final List<String> refused = new ArrayList<>();

    Run(LabSettings settings) {
        this.settings = settings;
        model = settings.protocol() == Protocol.SWIM
                ? new SwimModel(settings, records)
                : new SpreadModel(settings, records);
    }

    /**
     * Lets virtual time pass up to there, or stops earlier when there are so many records.
     *
     * @param untilMs milliseconds, {@link #now} to {@value LabAction#MOST_MILLIS}; an earlier time lets no time pass
     * @param mostRecords 1 to {@value Records#MOST}. What happens at one moment is not torn apart: a few more may come
     * @return the records since the last call, {@value Records#STRIDE} numbers each
     */
    @JSExport
    @JSByRef
    public double[] advance(double untilMs, int mostRecords) {
        if (!(untilMs <= LabAction.MOST_MILLIS)) {
            throw new IllegalArgumentException("untilMs '" + Numbers.finite(untilMs) + "': must be at most "
                    + Numbers.text(LabAction.MOST_MILLIS));
        }
        if (mostRecords < 1 || mostRecords > Records.MOST) {
            throw new IllegalArgumentException("mostRecords '" + mostRecords + "': must be 1 to " + Records.MOST);
        }
        double until = Math.max(model.now(), Math.floor(untilMs * NANOS_PER_MILLI));
        boolean time = true;
        while (time) {
            LabAction next = waiting.peekFirst();
            boolean due = next != null && next.nanos() <= until;
            time = model.advance(due ? Math.max(model.now(), next.nanos()) : until, mostRecords) && due;
            if (time) {
                act(waiting.removeFirst());
            }
        }
        return records.take();
    }

    private void act(LabAction action) {
        try {
            model.act(action);
        } catch (IllegalArgumentException | IllegalStateException e) {
            if (refused.size() < MOST_REFUSED) {
                refused.add(Numbers.text(action.at()) + " ms, " + action.deed().text + ": " + e.getMessage());
            }
        }
    }

    /** Virtual time, in milliseconds. */
    @JSExport
    public double now() {
        return model.now() / NANOS_PER_MILLI;
    }

    /**
     * Does something to the run: at once if its time is now or has passed, otherwise when its time comes. What cannot be done then is told in {@link #totals}.
     *
     * @param actionJson {@code {"at": 2500, "do": "crash", "nodes": [17, 18]}}
     * @throws IllegalArgumentException if it makes no sense
     * @throws IllegalStateException if it cannot be done now
     */
    @JSExport
    public void act(String actionJson) {
        LabAction action = LabAction.of(actionJson);
        action.check(settings.nodes());
        if (action.nanos() <= model.now()) {
            model.act(action);
            return;
        }
        if (waiting.size() == MOST_WAITING) {
            throw new IllegalStateException(MOST_WAITING + " actions wait for their time already: no more are taken");
        }
        Deque<LabAction> later = new ArrayDeque<>();
        while (!waiting.isEmpty() && Objects.requireNonNull(waiting.peekLast()).nanos() > action.nanos()) {
            later.addFirst(waiting.removeLast());
        }
        waiting.addLast(action);
        waiting.addAll(later);
    }

    /** The trace hash, as hexadecimal digits: equal for equal runs, on a JVM and in a browser. */
    @JSExport
    public String hash() {
        return Long.toHexString(model.hash());
    }

    /** What has been done in all, as a JSON object; {@code refused} lists actions that could not be done when their time came. */
    @JSExport
    public String totals() {
        Map<String, Object> totals = model.totals();
        totals.put("refused", refused);
        return Json.of(totals);
    }

    /** What the papers expect: milliseconds and nodes informed, in turn; empty if they do not say. */
    @JSExport
    @JSByRef
    public double[] theory() {
        return model.theory();
    }

    /** Of a rumor: whether nobody tells any more and nothing is under way, and nobody is going to look for it. SWIM is never done. */
    @JSExport
    public boolean done() {
        return model.done();
    }

    /**
     * What that node believes of each member: 0 alive, 1 suspect, 2 failed, 3 left, 4 it knows none.
     *
     * @throws IllegalArgumentException if there is no such node
     * @throws IllegalStateException if the protocol is not SWIM, or the node is down
     */
    @JSExport
    @JSByRef
    public byte[] view(int node) {
        if (node < 0 || node >= settings.nodes()) {
            throw new IllegalArgumentException(
                    "node " + node + " is not there: the nodes are 0 to " + (settings.nodes() - 1));
        }
        return model.view(node);
    }
}
