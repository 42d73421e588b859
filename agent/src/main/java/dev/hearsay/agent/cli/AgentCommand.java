package dev.hearsay.agent.cli;

import dev.hearsay.agent.Agent;
import dev.hearsay.agent.AgentSettings;
import dev.hearsay.agent.HostPort;
import dev.hearsay.core.Config;
import dev.hearsay.core.detector.Guards;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/** {@code hearsay agent}. */
@Command(
        name = "agent",
        sortOptions = false,
        customSynopsis = "hearsay agent [options]",
        description = {
            "",
            // One paragraph, one string: picocli breaks the lines.
            "Runs an agent: one member of a cluster. It finds the others through any member given with -join, tells when "
                    + "one of them appears, fails or leaves, and answers the other commands. It runs until Ctrl-C, which "
                    + "leaves the cluster; SIGTERM stops it without a word, as a crash would.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hearsay agent",
            "  hearsay agent -node=web-1 -bind=10.0.0.5 -tag role=web -join=10.0.0.1",
            "",
            "Two agents on one machine:",
            "  hearsay agent -node=a -bind=127.0.0.1 -rpc-addr=127.0.0.1:7373",
            "  hearsay agent -node=b -bind=127.0.0.2 -rpc-addr=127.0.0.2:7373 -join=127.0.0.1"
        })
final class AgentCommand implements Callable<Integer> {
    private static final int DEFAULT_PORT = 7946;
    /** Serf's flags whose feature does not exist here yet. Refused: ignoring one would be a lie. */
    private static final List<String> LATER = List.of(
            "config-dir",
            "config-file",
            "discover",
            "event-handler",
            "protocol",
            "rejoin",
            "replay",
            "snapshot",
            "syslog",
            "tags-file");

    @Option(
            names = "-node",
            paramLabel = "NAME",
            description = "Name of this member, unique in the cluster. Default: the name of this host.")
    private String node = "";

    @Option(
            names = "-bind",
            paramLabel = "HOST[:PORT]",
            description = "Where to listen, UDP and TCP. IPv6: [::1]:7946. Default: 0.0.0.0:7946.")
    private String bind = "";

    @Option(
            names = "-iface",
            paramLabel = "NAME",
            description = "Listens on the address of this network interface, instead of -bind or to verify it.")
    private String iface = "";

    @Option(
            names = "-advertise",
            paramLabel = "HOST[:PORT]",
            description =
                    "Where others reach this member, if not where it listens: an address, or a name looked up once.")
    private String advertise = "";

    @Option(
            names = "-join",
            paramLabel = "ADDR",
            description = "A member to join through. May be repeated. If none answers, the agent exits with 1.")
    private final List<String> join = new ArrayList<>();

    @Option(
            names = "-retry-join",
            paramLabel = "ADDR",
            description = "A member to join through, tried again until one answers. May be repeated.")
    private final List<String> retryJoin = new ArrayList<>();

    @Option(
            names = "-retry-interval",
            paramLabel = "TIME",
            description = "How long to wait between attempts of -retry-join. Default: 30s.")
    private String retryInterval = "30s";

    @Option(
            names = "-retry-max",
            paramLabel = "N",
            description = "Exits with 1 after so many attempts of -retry-join. Default: 0, no limit.")
    private String retryMax = "0";

    @Option(
            names = "-tag",
            paramLabel = "KEY=VALUE",
            description = "Says something about this member to the others. May be repeated.")
    private final List<String> tags = new ArrayList<>();

    @Option(names = "-role", paramLabel = "ROLE", description = "The same as -tag role=ROLE.")
    private String role = "";

    @Option(
            names = "-profile",
            paramLabel = "lan|wan|local",
            description = "Timings for the network between the members. Default: lan.")
    private String profile = "lan";

    @Option(
            names = "-rpc-addr",
            paramLabel = "HOST:PORT",
            description = "Where to listen for commands. Default: 127.0.0.1:7373.")
    private String rpcAddr = "127.0.0.1:7373";

    @Option(names = "-rpc-auth", paramLabel = "TOKEN", description = "What commands must present. Default: nothing.")
    private String rpcAuth = "";

    @Option(
            names = "-log-level",
            paramLabel = "LEVEL",
            description = "The least level to log: trace, debug, info, warn or err. Default: info.")
    private String logLevel = "info";

    @Option(
            names = "-broadcast-timeout",
            paramLabel = "TIME",
            description = "Longest wait until a farewell has been sent often enough. Default: 5s.")
    private String broadcastTimeout = "5s";

    @Option(
            names = "-guards",
            paramLabel = "N",
            description =
                    "To how many members to keep an idle stream, so that a killed process is noticed at once. Default: 3.")
    private String guards = "3";

    @Mixin
    private final WireOptions wire = new WireOptions();

    @Mixin
    private final AdmissionOptions admission = new AdmissionOptions();

    /** For whoever starts agents as children: they must not outlive it, however it dies. */
    @Option(names = "-stop-with-parent", hidden = true)
    private boolean stopWithParent;

    @Option(
            names = {"-h", "-help"},
            usageHelp = true,
            description = "Shows this text.")
    @SuppressWarnings("unused")
    private boolean help;

    @Unmatched
    private final List<String> unmatched = new ArrayList<>();

    private final PrintStream out;
    private final PrintStream err;

    AgentCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws UsageException {
        refuseUnmatched();
        return new Agent(settings(), out, err).run();
    }

    private AgentSettings settings() throws UsageException {
        Map<String, String> allTags = Values.pairs("-tag", tags);
        if (!role.isEmpty()) {
            allTags.putIfAbsent("role", role);
        }
        Duration leaveTimeout = Values.duration("-broadcast-timeout", broadcastTimeout);
        return new AgentSettings(
                node,
                bindAddress(),
                advertise.isEmpty() ? new HostPort("", 0) : Values.hostPort("-advertise", advertise, 0),
                allTags,
                profile,
                preset().toBuilder()
                        .leaveTimeout(leaveTimeout)
                        .guards(Values.number("-guards", guards, 0, Guards.MAX_WARDS))
                        .build(),
                wire.toConfig(),
                admission.networks(),
                admission.validateNames(),
                Values.resolved("-rpc-addr", rpcAddr, ClientCommand.DEFAULT_PORT),
                rpcAuth,
                seeds("-join", join),
                new AgentSettings.Retry(
                        seeds("-retry-join", retryJoin),
                        Values.duration("-retry-interval", retryInterval),
                        Values.number("-retry-max", retryMax, 0, 1_000_000)),
                Values.level("-log-level", logLevel),
                stopWithParent);
    }

    private Config preset() throws UsageException {
        return switch (profile.toLowerCase(Locale.ROOT)) {
            case "lan" -> Config.lan();
            case "wan" -> Config.wan();
            case "local" -> Config.local();
            default -> throw UsageException.invalid("-profile", profile, "must be lan, wan or local");
        };
    }

    private static List<String> seeds(String flag, List<String> texts) throws UsageException {
        List<String> seeds = Values.addresses(texts);
        for (String seed : seeds) {
            Values.hostPort(flag, seed, DEFAULT_PORT);
        }
        return seeds;
    }

    private HostPort bindAddress() throws UsageException {
        HostPort address = Values.hostPort("-bind", bind, DEFAULT_PORT);
        if (iface.isEmpty()) {
            return address.host().isEmpty() ? new HostPort("0.0.0.0", address.port()) : address;
        }
        List<String> hosts = interfaceAddresses();
        if (hosts.isEmpty()) {
            throw UsageException.invalid("-iface", iface, "there is no such network interface with an address");
        }
        if (!address.host().isEmpty() && !hosts.contains(address.host())) {
            throw UsageException.invalid(
                    "-iface", iface, "it has no address " + address.host() + " as -bind says, but " + hosts);
        }
        return address.host().isEmpty() ? new HostPort(hosts.get(0), address.port()) : address;
    }

    /** The addresses of the interface, IPv4 first; none if it does not exist. */
    private List<String> interfaceAddresses() throws UsageException {
        try {
            NetworkInterface found = NetworkInterface.getByName(iface);
            return found == null
                    ? List.of()
                    : found.inetAddresses()
                            .sorted((a, b) -> a.getAddress().length - b.getAddress().length)
                            .map(InetAddress::getHostAddress)
                            .toList();
        } catch (SocketException e) {
            throw UsageException.invalid("-iface", iface, "it cannot be read: " + e.getMessage());
        }
    }

    private void refuseUnmatched() throws UsageException {
        if (unmatched.isEmpty()) {
            return;
        }
        String first = unmatched.get(0);
        String flag = first.replaceFirst("^--?", "").replaceFirst("=.*", "");
        if (first.startsWith("-") && LATER.contains(flag)) {
            throw new UsageException("flag -" + flag + " is not supported yet");
        }
        throw new UsageException(
                first.startsWith("-") ? "unknown flag: " + first : "unexpected argument: '" + first + "'");
    }
}
