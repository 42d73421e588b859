package dev.hearsay.net;

import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.node.Events;
import dev.hearsay.api.node.LineLimit;
import dev.hearsay.api.node.Traffic;
import dev.hearsay.core.Address;
import dev.hearsay.core.membership.Admission;
import dev.hearsay.core.membership.AdmissionRules;
import dev.hearsay.core.membership.Claim;
import dev.hearsay.core.membership.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a node's rules, and then its application, who may become a member, and tells the log whom they refuse. The
 * application is asked in the middle of a turn: if it throws, it has refused.
 */
final class Gate implements Admission {
    private static final Logger log = LoggerFactory.getLogger(Gate.class);

    private final String node;
    private final Admission rules;
    private final Traffic traffic;
    private final LineLimit refusedMembers = new LineLimit();
    private final LineLimit refusedMerges = new LineLimit();
    private final LineLimit failures = new LineLimit();

    Gate(String node, AdmissionRules rules, dev.hearsay.api.@Nullable Admission application, Traffic traffic) {
        this.node = node;
        this.rules = application == null ? rules : rules.followedBy(new Vetoes(application));
        this.traffic = traffic;
    }

    @Override
    public @Nullable String refuse(Claim claim) {
        String reason = rules.refuse(claim);
        if (reason != null && refusedMembers.pass(System.nanoTime())) {
            log.warn(
                    "node '{}' does not admit the member at {}: {}{}",
                    node,
                    claim.address(),
                    reason,
                    refusedMembers.takeHeldBack());
        }
        return reason;
    }

    @Override
    public @Nullable String refuseMerge(List<Claim> claims) {
        String reason = rules.refuseMerge(claims);
        if (reason != null && refusedMerges.pass(System.nanoTime())) {
            log.warn(
                    "node '{}' does not merge with {} members: {}{}",
                    node,
                    claims.size(),
                    reason,
                    refusedMerges.takeHeldBack());
        }
        return reason;
    }

    @Override
    public boolean reaches(Address address) {
        return rules.reaches(address);
    }

    /** The application. */
    private final class Vetoes implements Admission {
        private final dev.hearsay.api.Admission application;

        Vetoes(dev.hearsay.api.Admission application) {
            this.application = application;
        }

        @Override
        public @Nullable String refuse(Claim claim) {
            return ask(() -> application.refuse(shown(claim)));
        }

        @Override
        public @Nullable String refuseMerge(List<Claim> claims) {
            List<ClusterMember> members = new ArrayList<>(claims.size());
            for (Claim claim : claims) {
                members.add(shown(claim));
            }
            return ask(() -> application.refuseMerge(Collections.unmodifiableList(members)));
        }

        private @Nullable String ask(Supplier<Optional<String>> question) {
            try {
                return question.get().orElse(null);
            } catch (RuntimeException | Error e) {
                traffic.count(Traffic.Kind.VETOES_FAILED);
                if (failures.pass(System.nanoTime())) {
                    log.error(
                            "the application of node '{}' failed to decide about a member, who is refused{}",
                            node,
                            failures.takeHeldBack(),
                            e);
                }
                return "it could not be decided";
            }
        }

        private static ClusterMember shown(Claim claim) {
            return Events.toApi(new Member(claim, false, 0));
        }
    }
}
