package dev.hearsay.agent.http;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of events that {@code /v1/stream} tells; whoever publishes one more says here what its data looks like. */
enum FeedKind {
    /** Something happened to a member. */
    MEMBER(ClusterFeed.MemberNews.class),
    /** A user event. */
    USER(ClusterFeed.UserNews.class),
    /** A query. */
    QUERY(ClusterFeed.QueryNews.class),
    /** A change of shared state: in a feed of its own, see {@link StateFeed}. */
    STATE(StateFeed.StateNews.class),
    /** The agent's figures, once a second: in a feed of its own, see {@link FigureSampler}. */
    FIGURES(FigureSample.class);

    /** Those that are sequences of their own, with ids of their own. */
    static final Set<FeedKind> ALONE = EnumSet.of(STATE, FIGURES);

    private final Class<? extends Record> form;

    FeedKind(Class<? extends Record> form) {
        this.form = form;
    }

    /** Its name in the stream. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    Class<? extends Record> form() {
        return form;
    }

    /** The kind of that name; null if there is none. */
    static @Nullable FeedKind find(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.text().equals(text))
                .findFirst()
                .orElse(null);
    }

    /** All names, for errors. */
    static String all() {
        return Arrays.stream(values()).map(FeedKind::text).collect(Collectors.joining(", "));
    }
}
