package dev.hearsay.agent.http;

import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;

import com.google.re2j.Pattern;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.wire.QueryFilters;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is there, as this agent believes. */
final class MemberRoutes {
    private static final Logger LOG = LoggerFactory.getLogger("dev.hearsay.agent.commands");
    private static final Map<String, Comparator<ClusterMember>> ORDERS = Map.of(
            "name", Comparator.comparing(ClusterMember::name),
            "status", Comparator.comparing(ClusterMember::status).thenComparing(ClusterMember::name),
            "address", Comparator.comparing(MemberRoutes::address).thenComparing(ClusterMember::name));

    private final Cluster cluster;
    private final MemberHistory history;

    MemberRoutes(HttpContext context) {
        this.cluster = context.cluster();
        this.history = context.history();
    }

    /** Members. */
    record MemberList(
            @Doc("How many members this agent knows") int total,
            @Doc("How many of them match") int matched,

            @Doc("Those that match, as many as the limit allows")
            List<MemberBody> members) {}

    /** What to do with a member that is gone. */
    record ForceLeaveBody(
            @Doc(value = "Whether to forget it at once", optional = true)
            boolean prune) {}

    /** What came of it. */
    record ForceLeftBody(
            @Doc("Whether this agent knew the member; the intent is spread in any case")
            boolean known) {}

    /** A member under suspicion. */
    record SuspicionBody(
            @Doc("The member") String name,

            @Doc("Who accuses it: the first raised the suspicion, the others confirmed it")
            List<String> accusers,

            @Doc("For how long it has been suspect here, in seconds")
            double ageSeconds,

            @Doc("How long it has to refute until it is given up, in seconds, if nobody else accuses it")
            double leftSeconds) {}

    /** Members under suspicion. */
    record SuspicionList(@Doc("All of them, by name") List<SuspicionBody> suspicions) {}

    List<Route> routes() {
        return List.of(
                Route.of(GET, "/v1/members", "Everybody this agent knows, failed and left ones too", this::members)
                        .repeated("status", "alive, suspect, leaving, left or failed; any of those given")
                        .parameter("name", "expression (RE2) that must match the whole name")
                        .repeated("tag", "KEY=EXPRESSION (RE2) that must match the whole value; all of those given")
                        .parameter("sort", "name, status or address, -name for the opposite order; name by default")
                        .parameter("limit", "most members to show, 1 to 1000000; all by default")
                        .answers(200, MemberList.class),
                Route.of(GET, "/v1/members/{name}", "One member", this::member).answers(200, MemberBody.class),
                Route.of(
                                POST,
                                "/v1/members/{name}/force-leave",
                                "Has a failed member regarded as left",
                                this::forceLeave)
                        .mayTake(ForceLeaveBody.class)
                        .answers(200, ForceLeftBody.class),
                Route.of(
                                GET,
                                "/v1/members/{name}/history",
                                "What this agent has heard of a member since it started",
                                this::history)
                        .answers(200, MemberHistory.HistoryBody.class),
                Route.of(GET, "/v1/suspicions", "Who is under suspicion now, and who accuses them", this::suspicions)
                        .answers(200, SuspicionList.class));
    }

    private void members(Call call) throws IOException, Problem {
        List<ClusterMember> all = cluster.members();
        Predicate<ClusterMember> filter = status(call.parameters("status"))
                .and(name(call.parameter("name")))
                .and(tags(call.parameters("tag")));
        int limit = call.number("limit", Integer.MAX_VALUE, 1, 1_000_000);
        List<ClusterMember> matching = all.stream()
                .filter(filter)
                .sorted(order(call.parameter("sort")))
                .toList();
        call.reply(
                200,
                new MemberList(
                        all.size(),
                        matching.size(),
                        matching.stream().limit(limit).map(MemberBody::of).toList()));
    }

    private void member(Call call) throws IOException, Problem {
        call.reply(200, MemberBody.of(find(cluster, call.path("name"), "name")));
    }

    private void forceLeave(Call call) throws IOException, Problem {
        String name = call.path("name");
        ForceLeaveBody wanted = call.body(ForceLeaveBody.class);
        LOG.info("Force leaving node: {}{}", name, wanted.prune() ? " (prune)" : "");
        call.reply(200, new ForceLeftBody(call.await(cluster.forceLeave(name, wanted.prune()))));
    }

    private void history(Call call) throws IOException, Problem {
        String name = call.path("name");
        MemberHistory.HistoryBody past = history.of(name);
        if (past.entries().isEmpty()) {
            find(cluster, name, "name");
        }
        call.reply(200, past);
    }

    private void suspicions(Call call) throws IOException, Problem {
        List<SuspicionBody> all = call.await(cluster.suspicions()).stream()
                .map(each -> new SuspicionBody(
                        each.member(), each.accusers(), each.ageNanos() / 1e9, each.leftNanos() / 1e9))
                .sorted(Comparator.comparing(SuspicionBody::name))
                .toList();
        call.reply(200, new SuspicionList(all));
    }

    /**
     * The member of that name.
     *
     * @throws Problem 404
     */
    static ClusterMember find(Cluster cluster, String name, String field) throws Problem {
        return cluster.member(name)
                .orElseThrow(() -> new Problem(404, "no_such_member", "no member is named '" + name + "'", field));
    }

    private static Predicate<ClusterMember> status(List<String> wanted) throws Problem {
        List<String> known = Arrays.stream(ClusterMember.Status.values())
                .map(ClusterMember.Status::text)
                .toList();
        for (String word : wanted) {
            if (!known.contains(word)) {
                throw Problem.invalid("status", "must be " + String.join(", ", known) + ", not '" + word + "'");
            }
        }
        return member -> wanted.isEmpty() || wanted.contains(member.status().text());
    }

    private static Predicate<ClusterMember> name(@Nullable String expression) throws Problem {
        if (expression == null) {
            return member -> true;
        }
        Pattern pattern = pattern("name", expression);
        return member -> pattern.matches(member.name());
    }

    private static Predicate<ClusterMember> tags(List<String> rules) throws Problem {
        Predicate<ClusterMember> all = member -> true;
        for (String rule : rules) {
            int equals = rule.indexOf('=');
            if (equals < 1) {
                throw Problem.invalid("tag", "write KEY=EXPRESSION, not '" + rule + "'");
            }
            String key = rule.substring(0, equals);
            Pattern pattern = pattern("tag", rule.substring(equals + 1));
            all = all.and(member -> pattern.matches(member.tags().getOrDefault(key, "")));
        }
        return all;
    }

    private static Pattern pattern(String field, String expression) throws Problem {
        try {
            return QueryFilters.pattern(expression);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(field, "no expression of RE2: " + e.getMessage());
        }
    }

    private static Comparator<ClusterMember> order(@Nullable String wanted) throws Problem {
        String key = wanted == null ? "name" : wanted.replaceFirst("^-", "");
        Comparator<ClusterMember> order = ORDERS.get(key);
        if (order == null) {
            String known = ORDERS.keySet().stream().sorted().collect(Collectors.joining(", "));
            throw Problem.invalid("sort", "must be one of " + known + ", with or without a hyphen before");
        }
        return wanted != null && wanted.startsWith("-") ? order.reversed() : order;
    }

    private static String address(ClusterMember member) {
        return member.address().getAddress().getHostAddress() + ":"
                + member.address().getPort();
    }
}
