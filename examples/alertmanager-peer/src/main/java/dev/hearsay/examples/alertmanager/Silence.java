package dev.hearsay.examples.alertmanager;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Alerts that match are not to be notified of, for a while.
 *
 * @param id unique for good
 * @param matchers all must hold; immutable
 * @param startsAt when it begins
 * @param endsAt when it is over
 * @param updatedAt the later of two versions wins
 * @param createdBy who made it
 * @param comment why
 * @param expiresAt when everybody may forget it; some days after its end, so that no late copy revives it
 * @param encoded as it came, for others: what a later release adds is passed on unread
 */
record Silence(
        String id,
        List<Matcher> matchers,
        Instant startsAt,
        Instant endsAt,
        Instant updatedAt,
        String createdBy,
        String comment,
        Instant expiresAt,
        ByteString encoded) {

    /** Where a silence is between its beginning and its end. */
    enum State {
        /** It has not begun. */
        PENDING,
        /** It silences alerts. */
        ACTIVE,
        /** It is over. */
        EXPIRED
    }

    /** Its state at that time, by Alertmanager's rule. */
    State state(Instant now) {
        if (now.isBefore(startsAt)) {
            return State.PENDING;
        }
        return now.isAfter(endsAt) ? State.EXPIRED : State.ACTIVE;
    }

    /** A line about it, for a person. */
    String describe(State state) {
        return Text.plain(id) + ' ' + state.name().toLowerCase(Locale.ROOT) + ' '
                + matchers.stream().map(Matcher::toString).collect(Collectors.joining(", ", "{", "}"))
                + " from " + startsAt.truncatedTo(ChronoUnit.SECONDS)
                + " until " + endsAt.truncatedTo(ChronoUnit.SECONDS)
                + " by " + Text.quote(createdBy) + ": " + Text.quote(comment);
    }
}
