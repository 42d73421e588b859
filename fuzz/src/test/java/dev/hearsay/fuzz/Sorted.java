package dev.hearsay.fuzz;

import dev.hearsay.core.StreamMessage;
import dev.hearsay.core.StreamMessage.PushPull;
import dev.hearsay.core.StreamMessage.SerfState;
import dev.hearsay.core.StreamMessage.StatusTime;
import java.util.Comparator;

/** The order in which we write what has none: the names in Serf's state. */
final class Sorted {
    private Sorted() {}

    /** The message as it reads after we have written it. */
    static StreamMessage of(StreamMessage message) {
        if (!(message instanceof PushPull state) || !(state.upper() instanceof SerfState intents)) {
            return message;
        }
        return new PushPull(
                state.join(),
                state.claims(),
                new SerfState(
                        intents.time(),
                        intents.statusTimes().stream()
                                .sorted(Comparator.comparing(StatusTime::node))
                                .toList(),
                        intents.left().stream().sorted().toList(),
                        intents.eventTime(),
                        intents.queryTime(),
                        intents.events()));
    }
}
