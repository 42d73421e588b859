package dev.hearsay.agent.http;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.IncomingQuery;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.UserEvent;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts what happens in the cluster into the feed. Called by the node's listeners' executor. */
final class ClusterFeed implements Cluster.Listener {
    private final Feed feed;

    /**
     * Something happened to a member.
     *
     * @param at when this agent heard it
     */
    record MemberNews(
            @Doc("When this agent heard it, RFC 3339") String at,

            @Doc(
                    "joined, updated, suspected, refuted, failed, damped, leaving, left, reaped, name_conflict or name_lost")
            String kind,

            @Doc("The member as it was just after") MemberBody member,

            @Doc("Who brought it about: the accuser, or the address that claims a name; else empty")
            String by) {}

    /**
     * A user event.
     *
     * @param at when this agent heard it
     */
    record UserNews(
            @Doc("When this agent heard it, RFC 3339") String at,
            @Doc("What happened") String name,

            @Doc(value = "The payload, if it is UTF-8", optional = true) @Nullable String payload,

            @Doc("The payload in Base64") String payloadBase64,
            @Doc("Its Lamport time") long time,

            @Doc("Whether of several in quick succession only the last matters")
            boolean coalesce) {}

    /**
     * A query. It cannot be answered here: an event handler or a stream of the RPC does that.
     *
     * @param at when this agent heard it
     */
    record QueryNews(
            @Doc("When this agent heard it, RFC 3339") String at,
            @Doc("What is asked") String name,

            @Doc(value = "The payload, if it is UTF-8", optional = true) @Nullable String payload,

            @Doc("The payload in Base64") String payloadBase64,

            @Doc("The member that asks; empty if it did not say")
            String from,

            @Doc("Its Lamport time") long time) {}

    ClusterFeed(Feed feed) {
        this.feed = feed;
    }

    @Override
    public void onEvent(MemberEvent event) {
        String kind = event.kind().name().toLowerCase(Locale.ROOT);
        publish(FeedKind.MEMBER, new MemberNews(now(), kind, MemberBody.of(event.member()), event.by()));
    }

    @Override
    public void onUserEvent(UserEvent event) {
        publish(
                FeedKind.USER,
                new UserNews(
                        now(),
                        event.name(),
                        Payload.text(event.payload()),
                        Payload.base64(event.payload()),
                        event.time(),
                        event.coalesce()));
    }

    @Override
    public void onQuery(IncomingQuery query) {
        publish(
                FeedKind.QUERY,
                new QueryNews(
                        now(),
                        query.name(),
                        Payload.text(query.payload()),
                        Payload.base64(query.payload()),
                        query.from(),
                        query.time()));
    }

    private void publish(FeedKind kind, Record data) {
        feed.publish(kind.text(), data);
    }

    private static String now() {
        return Instant.now().toString();
    }
}
