package dev.hearsay.examples.deploy;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.MemberEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Announces a version and watches the tags of the members until all run it, or one has failed to. Thread-safe. */
@SuppressWarnings("FutureReturnValueIgnored") // Its failure is that of the rollout.
final class Rollout {
    private final Cluster cluster;
    private final String version;
    private final Consumer<String> print;
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private String last = "";

    Rollout(Cluster cluster, String version, Consumer<String> print) {
        this.cluster = cluster;
        this.version = version;
        this.print = print;
    }

    /** Tells everybody; the cluster must have been joined. */
    void announce() {
        cluster.listen((MemberEvent event) -> look());
        cluster.event(DeployMember.DEPLOY, version.getBytes(StandardCharsets.UTF_8))
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        look();
                    } else {
                        ended.completeExceptionally(failure);
                    }
                });
    }

    /** Completes with true when all live members run the version, with false when one has failed to install it. */
    CompletableFuture<Boolean> ended() {
        return ended;
    }

    private synchronized void look() {
        List<ClusterMember> members = cluster.members().stream()
                .filter(member -> member.status().live() && has(member, DeployMember.ROLE, DeployMember.ROLE_MEMBER))
                .toList();
        long running = members.stream()
                .filter(member -> has(member, DeployMember.VERSION, version))
                .count();
        long failed = count(members, DeployMember.State.FAILED);
        String line = running + " of " + members.size() + " run " + version + ", "
                + count(members, DeployMember.State.INSTALLING) + " install it, " + failed + " failed";
        if (!line.equals(last) && !ended.isDone()) {
            last = line;
            print.accept(line);
        }
        if (members.isEmpty()) {
            ended.completeExceptionally(new IllegalStateException("there is no member to deploy on"));
        } else if (failed > 0) {
            ended.complete(false);
        } else if (running == members.size()) {
            ended.complete(true);
        }
    }

    /** How many are in that state because of this version. */
    private long count(List<ClusterMember> members, DeployMember.State state) {
        return members.stream()
                .filter(member ->
                        has(member, DeployMember.STATE, state.tag()) && has(member, DeployMember.TARGET, version))
                .count();
    }

    private static boolean has(ClusterMember member, String tag, String value) {
        return value.equals(member.tags().get(tag));
    }
}
