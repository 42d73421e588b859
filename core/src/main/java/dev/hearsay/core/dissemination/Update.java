package dev.hearsay.core.dissemination;

import dev.hearsay.core.Message;
import org.jspecify.annotations.Nullable;

/** One message being spread, and how often it has been sent. A link in the list of its tier. */
final class Update {
    /** What an update carries. */
    enum Kind {
        NEWS,
        INTENT,
        EVENT,
        QUERY,
        USER
    }

    /** What the update is about, such as a member's name: a newer one about the same replaces it. */
    record Subject(Kind kind, String about) {}

    final Subject subject;
    final Message message;
    final int bytes;

    /** Whether it is sent only as often as in the smallest cluster. */
    final boolean brief;

    int transmits;

    @Nullable Update newer;

    @Nullable Update older;

    Update(Subject subject, Message message, int bytes, boolean brief) {
        this.subject = subject;
        this.message = message;
        this.bytes = bytes;
        this.brief = brief;
    }

    /** The updates that have been sent equally often, newest first. */
    static final class Tier {
        @Nullable Update newest;

        @Nullable Update oldest;

        void add(Update update) {
            update.newer = null;
            update.older = newest;
            if (newest != null) {
                newest.newer = update;
            } else {
                oldest = update;
            }
            newest = update;
        }

        void remove(Update update) {
            if (update.newer != null) {
                update.newer.older = update.older;
            } else {
                newest = update.older;
            }
            if (update.older != null) {
                update.older.newer = update.newer;
            } else {
                oldest = update.newer;
            }
            update.newer = null;
            update.older = null;
        }
    }
}
