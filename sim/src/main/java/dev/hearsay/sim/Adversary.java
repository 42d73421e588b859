package dev.hearsay.sim;

import dev.hearsay.core.Address;
import dev.hearsay.core.Message;
import dev.hearsay.core.StreamMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A host that follows no protocol: it sends any packet, from any address, to any node, and asks anything over streams. No
 * cut and no loss holds it up. What others send, it sees as a {@link Simulation.Listener}.
 */
public final class Adversary {
    private final Engine engine;
    private final List<StreamMessage> replies = new ArrayList<>();
    private long sequence;

    Adversary(Engine engine) {
        this.engine = engine;
    }

    /**
     * Sends a packet.
     *
     * @param source where it says it comes from
     * @param delay until it arrives
     */
    public void send(Address source, SimNode to, Message message, Duration delay) {
        engine.carrier().inject(source, to, sequence++, message, delay.toNanos());
    }

    /** Opens a stream and asks; it arrives at once, and nothing happens if no process runs there. */
    public void ask(SimNode to, StreamMessage request) {
        engine.add(new Question(to, engine.carry(to, to, request)));
    }

    /** What has come back over its streams. */
    public List<StreamMessage> replies() {
        return List.copyOf(replies);
    }

    private final class Question extends Input {
        private final StreamMessage request;

        Question(SimNode to, StreamMessage request) {
            super(engine.now(), to, engine.nodes().size(), Adversary.this.sequence++);
            this.request = request;
        }

        @Override
        void arrive() {
            engine.input(this);
        }

        @Override
        boolean stale() {
            return node.process() == null;
        }

        @Override
        void deliver(SimProcess to, long localNow) {
            to.core()
                    .onStreamRequest(
                            to.accept(reply -> replies.add(engine.carry(node, node, reply))), request, localNow, to);
        }

        @Override
        int kind() {
            return engine.look(request).kind();
        }

        @Override
        long digest() {
            return engine.look(request).hash();
        }

        @Override
        Object content() {
            return request;
        }
    }
}
