package dev.hearsay.examples.claim;

import dev.hearsay.Hearsay;
import dev.hearsay.HearsayException;
import dev.hearsay.api.Cluster;
import dev.hearsay.api.JoinResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program: a worker that prints which shards are its own. */
@Command(
        name = "work-claim",
        sortOptions = false,
        description =
                "Divides shards among all members of a cluster and works on its own. Ctrl-C hands them over and ends it.")
public final class WorkClaim implements Callable<Integer> {
    private static final int MAX_SHARDS = 4096;
    private static final long GOODBYE_SECONDS = 10;

    @Option(names = "--name", required = true, description = "The member's name, unique in the cluster.")
    private String name = "";

    @Option(names = "--bind", paramLabel = "HOST", description = "The address to listen at. Default: ${DEFAULT-VALUE}.")
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

    @Option(names = "--shards", description = "How many there are, the same for all. Default: ${DEFAULT-VALUE}.")
    private int count = 16;

    @Option(
            names = "--pace",
            paramLabel = "MS",
            description = "Between two steps in a shard. Default: ${DEFAULT-VALUE}.")
    private long pace = 100;

    @SuppressWarnings("UnusedVariable") // The library reads it.
    @Option(names = "--help", usageHelp = true, description = "Shows this.")
    private boolean help;

    private WorkClaim() {}

    /** Runs the program. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new WorkClaim());
        line.setParameterExceptionHandler((e, given) -> fail(2, e.getMessage() + "; --help tells more"));
        System.exit(line.execute(args));
    }

    /** Runs until the node is stopped; returns the exit code. */
    @Override
    public Integer call() throws InterruptedException {
        if (count < 1 || count > MAX_SHARDS || pace < 1) {
            return fail(2, "--shards must be 1 to " + MAX_SHARDS + ", --pace 1 or more");
        }
        try (Cluster cluster = start();
                Worker worker = new Worker(
                        cluster,
                        count,
                        (shard, position) -> position + 1,
                        line -> System.out.println(line),
                        Worker.thread(name))) {
            if (!seeds.isEmpty()) {
                cluster.join(seeds).get().orThrow();
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> sayGoodbye(cluster, worker)));
            System.out.println("up: " + name + "; Ctrl-C hands over and leaves");
            worker.start(Duration.ofMillis(pace));
            cluster.closed().get();
            return 0;
        } catch (HearsayException | IllegalArgumentException e) {
            return fail(2, e.getMessage());
        } catch (ExecutionException | JoinResult.JoinException e) {
            return fail(1, (e.getCause() == null ? e : e.getCause()).getMessage());
        }
    }

    private Cluster start() {
        Hearsay.Builder builder = Hearsay.builder().name(name).bind(bind, port).tag(Worker.ROLE, Worker.WORKER);
        if (key != null) {
            builder.encrypt(key);
        }
        return builder.start();
    }

    private static int fail(int exitCode, @Nullable String why) {
        System.err.println("work-claim: " + why);
        return exitCode;
    }

    private static void sayGoodbye(Cluster cluster, Worker worker) {
        try {
            worker.retire().get(GOODBYE_SECONDS, TimeUnit.SECONDS);
            cluster.leave().get(GOODBYE_SECONDS, TimeUnit.SECONDS);
            System.out.println("left");
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            // It was closed before, or nobody is there to hear it.
        } finally {
            cluster.close();
        }
    }
}
