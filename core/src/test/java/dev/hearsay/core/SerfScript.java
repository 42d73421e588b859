package dev.hearsay.core;

import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.query.Question;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Commands of Serf's layer, beside those of {@link Script}.
 *
 * <pre>
 *   fire deploy v1 [coalesce]      tell everybody something: name, payload
 *   event 5 deploy v1 [coalesce]   hear it from n2: Lamport time, name, payload
 *   reply-remembering n2@1=ALIVE 9 5:deploy:v1 ...      n2's reply: its event clock, and the events it remembers
 *   request-remembering n2@1=ALIVE 9 5:deploy:v1 ...    n2's push/pull, likewise
 * *   restore 7 8 9                  before start: clocks of members, events, queries
 *   join-replay n2                 join, and hear the events of before
 *   ask load now [ack] [relay]     ask everybody: name, payload; answers also come through one other
 *   query 5 77 load n2 [ack] [relay] [once] [elsewhere]
 *                                  n2 asks: Lamport time, id, name; not to be repeated; answers to an address of nobody,
 *                                  in a packet that is not authenticated
 *   answer 5 77 0.4                this node's answer to that query
 *   answer-own 0.1                 this node's answer to the query that it asked last, once that has been sent
 *   their-ack n2 | their-answer n2 0.4      to the query that this node asked last
 *   pass-on n3                     n2 wants an answer passed on
 *   query-deadline 1               the timer of the node's query with that number
 * </pre>
 */
final class SerfScript {
    private static final Address NOBODY = Address.ipv4(10, 9, 9, 9, 7946);

    private final RecordingOutbox out;
    private long lastQuestion;

    SerfScript(RecordingOutbox out) {
        this.out = out;
    }

    /** Whether the words are one of these commands. What the node refuses is printed. */
    boolean run(Node node, List<String> w, long now, List<String> printed) {
        try {
            return command(node, w, now) || packet(node, w, now);
        } catch (IllegalArgumentException | IllegalStateException e) {
            printed.add("refused: " + e.getMessage());
            return true;
        }
    }

    private boolean command(Node node, List<String> w, long now) {
        switch (w.get(0)) {
            case "fire" -> node.fire(w.get(1), bytes(w.get(2)), w.contains("coalesce"), now, out);
            case "restore" -> node.restore(number(w, 1), number(w, 2), number(w, 3));
            case "ask" ->
                node.ask(
                        ++lastQuestion,
                        new Question(
                                w.get(1),
                                bytes(w.get(2)),
                                List.of(),
                                w.contains("ack"),
                                0,
                                w.contains("relay") ? 1 : 0),
                        now,
                        out);
            case "answer" -> node.answer(number(w, 1), (int) number(w, 2), bytes(w.get(3)), now, out);
            case "answer-own" ->
                node.answer(out.lastQuery().time(), out.lastQuery().id(), bytes(w.get(1)), now, out);
            case "query-deadline" -> node.onTimer(new Timer.QueryDeadline(number(w, 1)), now, out);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean packet(Node node, List<String> w, long now) {
        Message message;
        switch (w.get(0)) {
            case "event" ->
                message = new Message.UserEvent(number(w, 1), w.get(2), bytes(w.get(3)), w.contains("coalesce"));
            case "query" ->
                message = new Message.Query(
                        number(w, 1),
                        (int) number(w, 2),
                        w.contains("elsewhere") ? NOBODY : Script.address(w.get(4)),
                        w.get(4),
                        List.of(),
                        w.contains("ack"),
                        !w.contains("once"),
                        w.contains("relay") ? 1 : 0,
                        1_000_000_000L,
                        w.get(3),
                        Bytes.EMPTY);
            case "their-ack" -> message = theirs(w.get(1), true, Bytes.EMPTY);
            case "their-answer" -> message = theirs(w.get(1), false, bytes(w.get(2)));
            case "pass-on" ->
                message = new Message.Relay(
                        Script.address(w.get(1)), w.get(1), new Message.QueryAnswer(1, 2, "n2", false, Bytes.EMPTY));
            default -> {
                return false;
            }
        }
        int bytes = w.contains("elsewhere") ? 200 : Node.ANY_LENGTH;
        node.onMessage(Script.address("n2"), message, bytes, now, out);
        return true;
    }

    private Message.QueryAnswer theirs(String from, boolean ack, Bytes payload) {
        Message.Query asked = out.lastQuery();
        return new Message.QueryAnswer(asked.time(), asked.id(), from, ack, payload);
    }

    /** A push/pull of that member with the other's event clock and what it remembers. */
    static StreamMessage.PushPull remembering(List<String> w, Claim member) {
        List<Message.UserEvent> events =
                w.subList(3, w.size()).stream().map(SerfScript::event).toList();
        return new StreamMessage.PushPull(
                true, List.of(member), new StreamMessage.SerfState(1, List.of(), List.of(), number(w, 2), 1, events));
    }

    private static Message.UserEvent event(String text) {
        String[] parts = text.split(":");
        return new Message.UserEvent(Long.parseLong(parts[0]), parts[1], bytes(parts[2]), false);
    }

    private static long number(List<String> w, int index) {
        return Long.parseLong(w.get(index));
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The payload as text. */
    static String text(Bytes payload) {
        return new String(payload.toArray(), StandardCharsets.UTF_8);
    }
}
