package dev.hearsay.web.lab;

import java.util.ArrayList;
import java.util.List;

/** What the nodes of a run do. */
enum Protocol {
    PUSH("push"),
    PULL("pull"),
    PUSH_PULL("push-pull"),
    PUSH_THEN_PULL("push-then-pull"),
    SWIM("swim"),
    BROADCAST("broadcast");

    /** Its name in links and settings. */
    final String text;

    Protocol(String text) {
        this.text = text;
    }

    /** Whether a rumor spreads by gossip. */
    boolean gossips() {
        return this != SWIM && this != BROADCAST;
    }

    /** Whether whoever has the rumor tells others by itself, in rounds. */
    boolean pushes() {
        return this == PUSH || this == PUSH_THEN_PULL;
    }

    /** All names, in their order. */
    static List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Protocol each : values()) {
            texts.add(each.text);
        }
        return texts;
    }

    /**
     * The protocol with that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Protocol of(String text) {
        for (Protocol each : values()) {
            if (each.text.equals(text)) {
                return each;
            }
        }
        throw new IllegalArgumentException("protocol '" + Json.shortened(text) + "': must be one of " + texts());
    }
}
