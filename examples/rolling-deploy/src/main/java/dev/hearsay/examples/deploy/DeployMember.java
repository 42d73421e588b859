package dev.hearsay.examples.deploy;

import dev.hearsay.api.Cluster;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.IncomingQuery;
import dev.hearsay.api.MemberEvent;
import dev.hearsay.api.QueryRequest;
import dev.hearsay.api.QueryResult;
import dev.hearsay.api.UserEvent;
import dev.hearsay.core.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A member on which versions are deployed. It hears of them in an event, asks the others for its turn in a query, installs,
 * and says what it runs in its tags. All steps happen on one thread of its own; only the answers to others do not wait for it.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // What fails is told in the step itself; an answer that is late is no answer.
final class DeployMember implements AutoCloseable {
    /** The event; its payload is the version. */
    static final String DEPLOY = "deploy";

    /** The query; its payload is a ticket, in decimal. */
    static final String TURN = "deploy-turn";

    static final String ROLE = "role";
    static final String ROLE_MEMBER = "deploy";
    static final String VERSION = "version";
    static final String STATE = "state";

    /** The version that the state is about. */
    static final String TARGET = "target";

    private static final Pattern SPEAKABLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");
    private static final Bytes YES = bytes("yes");
    private static final Bytes NO = bytes("no");

    /** For each that is against it, so long until a member asks again: who is far from its turn asks rarely. */
    private static final long PAUSE_MILLIS = 200;

    private static final long MOST_PAUSE_MILLIS = 10_000;

    /** What a member does at the moment; others read it in its tags. */
    enum State {
        RUNNING,
        WAITING,
        INSTALLING,
        FAILED;

        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Cluster cluster;
    private final String self;
    private final Turns turns;
    private final Installer installer;
    private final Consumer<String> print;
    private final ScheduledExecutorService steps;

    private String running;
    private String wanted;
    private long wantedTime;
    private State state = State.RUNNING;
    private String told = "";

    /**
     * Takes part from now on.
     *
     * @param running the version that runs at the start
     * @param atOnce how many members may be away at the same time: 1 or more, the same for all
     * @param print told what happens, a line at a time
     */
    DeployMember(Cluster cluster, String running, int atOnce, Installer installer, Consumer<String> print) {
        this.cluster = cluster;
        this.self = cluster.self().name();
        this.turns = new Turns(self, atOnce);
        this.installer = installer;
        this.print = print;
        this.running = running;
        this.wanted = running;
        this.steps = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "deploy-" + self);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins to listen; the cluster may be joined after it. */
    void start() {
        step(this::tell);
        cluster.listen(new Cluster.Listener() {
            @Override
            public void onEvent(MemberEvent event) {}

            @Override
            public void onUserEvent(UserEvent event) {
                if (event.name().equals(DEPLOY)) {
                    step(() -> want(event));
                }
            }

            @Override
            public void onQuery(IncomingQuery query) {
                if (query.name().equals(TURN)) {
                    answer(query);
                }
            }
        });
    }

    /** Whether that may be the name of a version: it becomes part of a command's environment and of what is printed. */
    static boolean speakable(String version) {
        return SPEAKABLE.matcher(version).matches();
    }

    /** Ends; a version that is being installed is interrupted. */
    @Override
    public void close() {
        steps.shutdownNow();
    }

    /** The latest event counts; of two at the same Lamport time, which only happens by two triggers at once, either would do. */
    private void want(UserEvent event) {
        String version = text(event.payload());
        if (!speakable(version)) {
            print.accept("ignored a deploy of something that is no version");
            return;
        }
        boolean later = event.time() > wantedTime || (event.time() == wantedTime && version.compareTo(wanted) > 0);
        if (!later) {
            return;
        }
        wanted = version;
        wantedTime = event.time();
        print.accept("heard: deploy " + version);
        if (state == State.FAILED) {
            // It is away already and has kept its turn.
            install();
        } else if (state == State.RUNNING) {
            next();
        }
    }

    private void next() {
        if (!wanted.equals(running)) {
            told = "";
            enter(State.WAITING);
            ask();
        }
    }

    private void ask() {
        QueryRequest request = QueryRequest.named(TURN)
                .withTag(ROLE, '^' + ROLE_MEMBER + '$')
                .withPayload(Long.toString(turns.want()).getBytes(StandardCharsets.UTF_8));
        cluster.query(request)
                .whenComplete((result, failure) -> step(() -> {
                    if (failure == null) {
                        decide(result);
                    } else {
                        print.accept("cannot ask for a turn: " + failure.getMessage());
                        later(MOST_PAUSE_MILLIS);
                    }
                }));
    }

    /** A member that has failed is away, too: where as many have as may be away, nothing more is taken down. */
    private void decide(QueryResult result) {
        long refused = result.answers().values().stream().filter(NO::equals).count();
        long silent =
                result.silent().stream().filter(name -> !name.equals(self)).count();
        long failed = cluster.members().stream()
                .filter(member -> member.status() == ClusterMember.Status.FAILED)
                .filter(member -> ROLE_MEMBER.equals(member.tags().get(ROLE)))
                .count();
        int against = (int) (refused + silent + failed);
        if (turns.leave(against)) {
            install();
        } else {
            tellOnce("waiting: " + refused + " before it or away, " + silent + " silent, " + failed + " failed");
            later(Math.min(MOST_PAUSE_MILLIS, PAUSE_MILLIS * against));
        }
    }

    private void tellOnce(String line) {
        if (!line.equals(told)) {
            told = line;
            print.accept(line);
        }
    }

    private void later(long millis) {
        steps.schedule(() -> guarded(this::ask), millis, TimeUnit.MILLISECONDS);
    }

    private void install() {
        String version = wanted;
        enter(State.INSTALLING);
        print.accept("installing " + version);
        boolean done;
        try {
            done = installer.install(version);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (done) {
            running = version;
            print.accept("running " + version);
            enter(State.RUNNING);
            turns.back();
            next();
        } else {
            // It keeps its turn: when so many have failed as may be away, nobody else is ruined.
            print.accept("failed to install " + version + ": away until another version is deployed");
            enter(State.FAILED);
        }
    }

    private void enter(State next) {
        state = next;
        tell();
    }

    private void tell() {
        cluster.tags(Map.of(ROLE, ROLE_MEMBER, VERSION, running, TARGET, wanted, STATE, state.tag()));
    }

    private void answer(IncomingQuery query) {
        long ticket;
        try {
            ticket = Long.parseLong(text(query.payload()));
        } catch (NumberFormatException e) {
            return;
        }
        Bytes answer = turns.yieldTo(query.from(), ticket) ? YES : NO;
        query.respond(answer.toArray());
    }

    private void step(Runnable action) {
        try {
            steps.execute(() -> guarded(action));
        } catch (RejectedExecutionException e) {
            // Closed.
        }
    }

    /** An executor swallows what its tasks throw. */
    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            print.accept("stopped by a mistake of its own: " + e);
            close();
        }
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }
}
