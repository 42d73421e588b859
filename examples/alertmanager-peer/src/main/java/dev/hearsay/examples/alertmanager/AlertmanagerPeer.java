package dev.hearsay.examples.alertmanager;

import dev.hearsay.Hearsay;
import dev.hearsay.HearsayException;
import dev.hearsay.api.JoinResult;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.MemberlistCluster;
import dev.hearsay.wire.WireConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program: joins a cluster of Alertmanagers, prints who comes and goes and which silences it hears of. */
@Command(
        name = "alertmanager-peer",
        sortOptions = false,
        description = "Joins a cluster of Prometheus Alertmanagers and prints the silences it hears of. "
                + "Ctrl-C says goodbye and ends it.")
public final class AlertmanagerPeer implements Callable<Integer> {
    private static final int ALERTMANAGERS_PORT = 9094;
    private static final long GOODBYE_SECONDS = 5;
    private static final long TICK_SECONDS = 1;

    @Option(
            names = "--peer",
            paramLabel = "HOST[:PORT]",
            description =
                    "An Alertmanager's cluster address; may be given several times. Without any, waits to be joined.")
    private List<String> peers = List.of();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "This peer's name, unique in the cluster. It has to sort behind those of the Alertmanagers: each "
                            + "waits for those before it. Default: hearsay-, and the name of this host.")
    private @Nullable String name;

    @Option(
            names = "--bind",
            paramLabel = "HOST",
            description = "The address to listen at, for UDP and TCP. Default: every interface.")
    private String bind = "0.0.0.0";

    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen at. Default: ${DEFAULT-VALUE}.")
    private int port = ALERTMANAGERS_PORT;

    @Option(
            names = "--advertise",
            paramLabel = "HOST",
            description = "The address at which others reach this peer. Default: the one it listens at.")
    private @Nullable String advertise;

    @Option(names = "--label", paramLabel = "LABEL", description = "The label of the cluster, if it has one.")
    private String label = "";

    @SuppressWarnings("UnusedVariable") // The library reads it.
    @Option(names = "--help", usageHelp = true, description = "Shows this.")
    private boolean help;

    private AlertmanagerPeer() {}

    /** Runs the program. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new AlertmanagerPeer());
        line.setParameterExceptionHandler((e, given) -> fail(2, e.getMessage() + "; --help tells more"));
        System.exit(line.execute(args));
    }

    /** Runs until the node is stopped; returns the exit code. */
    @Override
    public Integer call() throws ExecutionException, InterruptedException {
        SilencePeer silences = new SilencePeer(Clock.systemUTC(), System.out::println);
        try (MemberlistCluster cluster = start(silences)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> sayGoodbye(cluster)));
            String self = cluster.self().name();
            cluster.listen(event -> {
                if (!event.member().name().equals(self)) {
                    print(event);
                }
            });
            if (!peers.isEmpty()) {
                cluster.join(peers).get().orThrow();
            }
            System.out.println("up: " + self + " at " + text(cluster.self().address()) + "; Ctrl-C leaves");
            while (!closedWithin(cluster, TICK_SECONDS)) {
                silences.passTime();
            }
            return 0;
        } catch (HearsayException | IllegalArgumentException e) {
            return fail(2, e.getMessage());
        } catch (ExecutionException | JoinResult.JoinException e) {
            return fail(1, (e.getCause() == null ? e : e.getCause()).getMessage());
        }
    }

    private static int fail(int exitCode, @Nullable String why) {
        System.err.println("alertmanager-peer: " + why);
        return exitCode;
    }

    private MemberlistCluster start(SilencePeer silences) {
        Hearsay.Builder builder = Hearsay.builder()
                .name(name == null ? "hearsay-" + hostName() : name)
                .bind(bind, port)
                .wire(WireConfig.PLAIN.toBuilder().label(label).build());
        if (advertise != null) {
            builder.advertise(advertise);
        }
        return builder.startMemberlist(silences);
    }

    /** Waits for the end of the node, so long at most. */
    private static boolean closedWithin(MemberlistCluster cluster, long seconds)
            throws ExecutionException, InterruptedException {
        try {
            cluster.closed().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** Without it the others would try for hours to reach this peer. */
    private static void sayGoodbye(MemberlistCluster cluster) {
        try {
            cluster.leave().get(GOODBYE_SECONDS, TimeUnit.SECONDS);
            System.out.println("left");
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            // It was closed before, or nobody is there to hear it.
        } finally {
            cluster.close();
        }
    }

    private static void print(MemberEvent event) {
        System.out.println("peer " + event.kind().name().toLowerCase(Locale.ROOT) + ": "
                + Text.plain(event.member().name()) + " at "
                + text(event.member().address()));
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new HearsayException("cannot find out the name of this host: give --name", e);
        }
    }
}
