package dev.hearsay.examples.deploy;

import dev.hearsay.Hearsay;
import dev.hearsay.HearsayException;
import dev.hearsay.api.Cluster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The program: {@code member} is what runs beside each service, {@code trigger} announces a version. */
@Command(
        name = "rolling-deploy",
        sortOptions = false,
        synopsisSubcommandLabel = "member|trigger",
        description = "Deploys a version on all members of a cluster, so many at a time, without a leader.")
public final class RollingDeploy {
    private static final long GOODBYE_SECONDS = 5;

    @SuppressWarnings("UnusedVariable") // The library reads it.
    @Option(names = "--help", usageHelp = true, scope = CommandLine.ScopeType.INHERIT, description = "Shows this.")
    private boolean help;

    private RollingDeploy() {}

    /** Runs the program. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new RollingDeploy())
                .addSubcommand(new Member())
                .addSubcommand(new Trigger())
                .setParameterExceptionHandler((e, given) -> fail(2, e.getMessage() + "; --help tells more"))
                .setExecutionExceptionHandler((e, command, result) -> fail(e));
        System.exit(line.execute(args));
    }

    private static int fail(int exitCode, @Nullable String why) {
        System.err.println("rolling-deploy: " + why);
        return exitCode;
    }

    private static int fail(Exception e) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        return fail(
                cause instanceof HearsayException || cause instanceof IllegalArgumentException ? 2 : 1,
                cause.getMessage());
    }

    /** How to get into the cluster. */
    static final class Place {
        @Option(names = "--name", required = true, description = "The member's name, unique in the cluster.")
        private String name = "";

        @Option(
                names = "--bind",
                paramLabel = "HOST",
                description = "The address to listen at. Default: ${DEFAULT-VALUE}.")
        private String bind = "127.0.0.1";

        @Option(names = "--port", description = "The port, for UDP and TCP. Default: ${DEFAULT-VALUE}.")
        private int port = 7946;

        @Option(
                names = "--join",
                paramLabel = "HOST[:PORT]",
                description = "A member; may be given several times. Without any, waits to be joined.")
        private List<String> seeds = List.of();

        @Option(names = "--encrypt", paramLabel = "KEY", description = "The cluster's key, in base64.")
        private @Nullable String key;

        Cluster start() {
            Hearsay.Builder builder = Hearsay.builder().name(name).bind(bind, port);
            if (key != null) {
                builder.encrypt(key);
            }
            return builder.start();
        }

        /** Hears deploys again that came while this member was away. */
        void join(Cluster cluster) throws ExecutionException, InterruptedException {
            if (!seeds.isEmpty()) {
                cluster.join(seeds, true).get().orThrow();
            }
        }
    }

    /** Runs beside a service. */
    @Command(name = "member", sortOptions = false, description = "Installs what is deployed. Ctrl-C says goodbye.")
    static final class Member implements Callable<Integer> {
        @Mixin
        private final Place place = new Place();

        @Option(names = "--version", description = "The version that runs now. Default: ${DEFAULT-VALUE}.")
        private String version = "v1";

        @Option(
                names = "--at-once",
                description =
                        "How many members may be away at the same time; the same for all. Default: ${DEFAULT-VALUE}.")
        private int atOnce = 1;

        @Option(
                names = "--run",
                paramLabel = "COMMAND",
                description =
                        "What installs a version, with VERSION in its environment; a shell runs it. Exit code 0 says that "
                                + "the version runs. Default: ${DEFAULT-VALUE}.")
        private String command = "sleep 2";

        @Override
        public Integer call() throws ExecutionException, InterruptedException {
            if (atOnce < 1) {
                return fail(2, "--at-once is " + atOnce + ": must be 1 or more");
            }
            if (!DeployMember.speakable(version)) {
                return fail(2, "--version '" + version + "': letters, digits and ._+- only, at most 64");
            }
            try (Cluster cluster = place.start();
                    DeployMember member = new DeployMember(
                            cluster, version, atOnce, this::install, line -> System.out.println(line))) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> sayGoodbye(cluster)));
                member.start();
                place.join(cluster);
                System.out.println("up: " + cluster.self().name() + " runs " + version + "; Ctrl-C leaves");
                cluster.closed().get();
                return 0;
            }
        }

        private boolean install(String next) throws InterruptedException {
            try {
                ProcessBuilder shell = new ProcessBuilder("sh", "-c", command).inheritIO();
                shell.environment().put("VERSION", next);
                return shell.start().waitFor() == 0;
            } catch (IOException e) {
                System.err.println("rolling-deploy: " + e.getMessage());
                return false;
            }
        }
    }

    /** Announces a version. */
    @Command(
            name = "trigger",
            sortOptions = false,
            description =
                    "Announces a version and waits until all members run it. Exit code 1 if one fails to, or the time is over.")
    static final class Trigger implements Callable<Integer> {
        @Mixin
        private final Place place = new Place();

        @Option(names = "--wait", paramLabel = "SECONDS", description = "How long to wait. Default: ${DEFAULT-VALUE}.")
        private int seconds = 600;

        @Parameters(paramLabel = "VERSION", arity = "1", description = "The version to deploy.")
        private final List<String> versions = new ArrayList<>();

        @Override
        public Integer call() throws ExecutionException, InterruptedException {
            String version = versions.get(0);
            if (!DeployMember.speakable(version)) {
                return fail(2, "version '" + version + "': letters, digits and ._+- only, at most 64");
            }
            try (Cluster cluster = place.start()) {
                Rollout rollout = new Rollout(cluster, version, System.out::println);
                place.join(cluster);
                rollout.announce();
                boolean done = rollout.ended().get(seconds, TimeUnit.SECONDS);
                sayGoodbye(cluster);
                return done
                        ? 0
                        : fail(1, "a member failed to install " + version + ": its state is failed, the others stop");
            } catch (TimeoutException e) {
                return fail(1, "not all members run " + version + " after " + seconds + " s");
            }
        }
    }

    /** Without it the others would try for hours to reach this member. */
    private static void sayGoodbye(Cluster cluster) {
        try {
            cluster.leave().get(GOODBYE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            // It was closed before, or nobody is there to hear it.
        } finally {
            cluster.close();
        }
    }
}
