package dev.hearsay.agent.cli;

import dev.hearsay.core.membership.AllowList;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags of {@code hearsay agent} for who may become a member. */
final class AdmissionOptions {
    @Option(
            names = "-allow-cidr",
            paramLabel = "NETWORK",
            description =
                    "Lists only members with an address in this network, as 10.0.0.0/8. May be repeated. No firewall.")
    private final List<String> allow = new ArrayList<>();

    @Option(
            names = "-validate-node-names",
            description = "Lists only members whose name is made of A-Z, a-z, 0-9, - and . and at most 128 long.")
    private boolean validateNodeNames;

    /** The networks; none if the flag was not given. */
    List<String> networks() throws UsageException {
        List<String> networks = Values.addresses(allow);
        if (networks.isEmpty() && !allow.isEmpty()) {
            throw UsageException.invalid("-allow-cidr", String.join(",", allow), "write a network, as 10.0.0.0/8");
        }
        try {
            AllowList.of(networks);
        } catch (IllegalArgumentException e) {
            throw new UsageException("invalid value for -allow-cidr: " + e.getMessage());
        }
        return networks;
    }

    boolean validateNames() {
        return validateNodeNames;
    }
}
