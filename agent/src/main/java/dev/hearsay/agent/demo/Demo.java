package dev.hearsay.agent.demo;

import dev.hearsay.agent.Browser;
import dev.hearsay.agent.HostPort;
import dev.hearsay.agent.Signals;
import dev.hearsay.agent.rpc.RpcException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Tells the story: agents start and find each other, one tells all something and one asks them, one is killed and missed, comes
 * back, one leaves. Times are measured
 * here, from the act to the moment an agent tells of it over RPC.
 *
 * <p>Whatever happens to this process, its agents end: a shutdown hook kills them, and if even that does not run they see
 * their standard input end.
 */
public final class Demo {
    /** Longest wait for any step of the story; the slowest takes about 6 s on an idle machine. */
    private static final long PATIENCE_MILLIS = 60_000;

    private final DemoSettings settings;
    private final PrintStream err;
    private final DemoView view = new DemoView();
    private final Screen screen;
    private final List<DemoAgent> agents = new ArrayList<>();
    private final CountDownLatch told = new CountDownLatch(1);
    private volatile boolean staying;

    /** A demo that has not begun. */
    public Demo(DemoSettings settings, PrintStream out, PrintStream err) {
        this.settings = settings;
        this.err = err;
        this.screen = new Screen(out, Screen.isTerminal());
    }

    /** Tells the story; returns the exit code. */
    public int run() throws InterruptedException {
        Signals.listen(this::onSignal);
        try {
            Path logs = Files.createTempDirectory("hearsay-demo-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(logs), "demo-end"));
            prepare(logs);
            story();
        } catch (IOException | RpcException | DemoFailure e) {
            screen.settle();
            err.println("Error: " + e.getMessage());
            return 1;
        }
        if (!settings.once()) {
            stay();
        }
        return 0;
    }

    private void prepare(Path logs) throws IOException, DemoFailure {
        List<HostPort> places = DemoPlaces.find(settings.nodes(), settings.basePort());
        for (int i = 0; i < places.size(); i++) {
            String name = "n" + (i + 1);
            HostPort place = places.get(i);
            agents.add(new DemoAgent(name, place, logs.resolve(name + ".log"), view));
        }
        DemoTable table = new DemoTable(names(agents), view, screen.terminal() && System.getenv("NO_COLOR") == null);
        screen.block(table::lines);
        view.onChange(screen::refresh);
    }

    private void story() throws IOException, RpcException, InterruptedException, DemoFailure {
        DemoAgent victim = agents.get(settings.nodes() / 2);
        DemoAgent leaver = agents.get(settings.nodes() - 1);
        meet();
        tellAll(agents.get(1));
        askAll(agents.get(0));
        crash(victim);
        comeBack(victim);
        depart(leaver);
    }

    private void meet() throws IOException, InterruptedException, DemoFailure {
        DemoAgent seed = agents.get(0);
        screen.line("Starting " + agents.size() + " agents, each a process of its own, on " + seed.bind() + " to "
                + agents.get(agents.size() - 1).bind() + ".");
        screen.line("Each is told one address, that of " + seed.name() + ", and learns the others by gossip.");
        long began = System.nanoTime();
        seed.start("");
        seed.listen(PATIENCE_MILLIS);
        showDashboard(seed);
        for (DemoAgent agent : agents.subList(1, agents.size())) {
            agent.start(seed.bind().toString());
        }
        for (DemoAgent agent : agents.subList(1, agents.size())) {
            agent.listen(PATIENCE_MILLIS);
        }
        await("all to see all alive", v -> agree(v, agents, agents, "alive"));
        screen.line("");
        screen.line(since(began) + "  All " + agents.size() + " see " + agents.size() + " alive.");
        screen.snapshot();
    }

    private void showDashboard(DemoAgent agent) {
        URI page = URI.create("http://" + agent.http() + "/ui/");
        boolean shown = settings.open() && Browser.here().open(page);
        screen.line("Watch it at " + page + (shown ? ", which opens in your browser." : "."));
    }

    private void tellAll(DemoAgent teller) throws IOException, RpcException, InterruptedException, DemoFailure {
        String event = "deploy";
        screen.line("");
        screen.line("hearsay event -rpc-addr=" + teller.rpcAddress() + " " + event + " v2: " + teller.name()
                + " tells everybody.");
        long began = System.nanoTime();
        teller.fire(event, "v2");
        await("all to hear the event", v -> v.heard(event).size() >= agents.size());
        List<DemoView.Heard> heard = view.heard(event);
        heard.forEach(h -> screen.line(at(h.nanos(), began) + "    " + h.observer() + " hears it"));
        screen.line(
                at(heard.get(heard.size() - 1).nanos(), began) + "  All " + heard.size() + " have heard the event.");
    }

    private void askAll(DemoAgent asker) throws IOException, RpcException, DemoFailure {
        screen.line("");
        screen.line("hearsay query -rpc-addr=" + asker.rpcAddress() + " " + DemoAgent.UPTIME + ": " + asker.name()
                + " asks everybody.");
        Set<String> answered = new TreeSet<>();
        long began = System.nanoTime();
        asker.ask(DemoAgent.UPTIME, (from, answer) -> {
            answered.add(from);
            screen.line(since(began) + "    " + from + " answers: " + answer);
        });
        if (!answered.containsAll(names(agents))) {
            throw new DemoFailure("the query " + DemoAgent.UPTIME + " was answered only by " + answered);
        }
        screen.line(since(began) + "  All " + agents.size() + " have answered: the query is over.");
    }

    private void crash(DemoAgent victim) throws InterruptedException, DemoFailure {
        List<DemoAgent> survivors = others(victim);
        screen.line("");
        screen.line("kill -9 " + victim.pid() + ": " + victim.name() + " is gone without a word.");
        long began = System.nanoTime();
        victim.kill();
        await(victim.name() + " to be suspected", v -> !about(v, victim, began).isEmpty());
        DemoView.Sighting first = about(view, victim, began).get(0);
        String accuser = first.by().isEmpty() ? first.observer() : first.by();
        screen.line(at(first, began) + "  " + accuser + " noticed first: its probe of " + victim.name() + " failed.");
        await("all to suspect " + victim.name(), v -> told(v, survivors, victim, "suspect", began));
        tell(survivors, victim, "suspect", "suspects *", began);
        await("all to give up " + victim.name(), v -> agree(v, survivors, List.of(victim), "failed"));
        tell(survivors, victim, "failed", "gives up *", began);
        screen.line(at(last(view.since(began), victim, "failed"), began) + "  All " + survivors.size()
                + " survivors see " + victim.name() + " failed: it did not refute in time.");
        screen.snapshot();
    }

    private void comeBack(DemoAgent victim) throws IOException, InterruptedException, DemoFailure {
        screen.line("");
        screen.line("Starting " + victim.name() + " again, under its old name and address.");
        long began = System.nanoTime();
        victim.start(agents.get(0).bind().toString());
        victim.listen(PATIENCE_MILLIS);
        await(victim.name() + " to be alive again", v -> agree(v, agents, agents, "alive"));
        screen.line(since(began) + "  All " + agents.size() + " see " + agents.size() + " alive again.");
        screen.snapshot();
    }

    private void depart(DemoAgent leaver) throws IOException, RpcException, InterruptedException, DemoFailure {
        List<DemoAgent> rest = others(leaver);
        screen.line("");
        screen.line("hearsay leave -rpc-addr=" + leaver.rpcAddress() + ": " + leaver.name() + " says goodbye.");
        long began = System.nanoTime();
        leaver.leave();
        await("all to see " + leaver.name() + " left", v -> agree(v, rest, List.of(leaver), "left"));
        boolean suspected = view.since(began).stream()
                .anyMatch(x -> x.member().equals(leaver.name()) && x.status().equals("suspect"));
        screen.line(at(last(view.since(began), leaver, "left"), began) + "  All " + rest.size() + " others see "
                + leaver.name() + " left." + (suspected ? "" : " Nobody suspected it."));
        screen.snapshot();
    }

    private void stay() throws InterruptedException {
        DemoAgent seed = agents.get(0);
        DemoAgent second = agents.get(1);
        screen.settle();
        staying = true;
        String at = " -rpc-addr=";
        screen.line("Dashboard: http://" + seed.http() + "/ui/");
        screen.line("The agents stay up. In another terminal, try:");
        screen.line("  ./hearsay members" + at + seed.rpcAddress());
        screen.line("  ./hearsay monitor" + at + seed.rpcAddress());
        screen.line("  ./hearsay query" + at + seed.rpcAddress() + " " + DemoAgent.UPTIME);
        screen.line("  curl -N http://" + seed.http() + "/v1/stream");
        screen.line("  kill -9 " + second.pid() + "          # that is " + second.name());
        screen.line("  ./hearsay agent -node=you -bind=127.0.0.1:" + settings.basePort() + " -rpc-addr=127.0.0.1:"
                + (settings.basePort() + 1) + " -http-addr=off -join=" + seed.bind());
        screen.line("Ctrl-C ends the demo and everything it started.");
        told.await();
    }

    /** A line for each survivor, in the order they told: "n4 suspects n3", "n1 suspects n3, told by n4". */
    private void tell(List<DemoAgent> survivors, DemoAgent about, String status, String verb, long began) {
        for (DemoView.Sighting s : view.since(began)) {
            boolean relevant = s.member().equals(about.name()) && s.status().equals(status);
            if (relevant && names(survivors).contains(s.observer())) {
                String how = s.by().isEmpty() || s.by().equals(s.observer()) ? "" : ", told by " + s.by();
                screen.line(at(s, began) + "    " + s.observer() + " " + verb.replace("*", about.name()) + how);
            }
        }
    }

    private static List<DemoView.Sighting> about(DemoView view, DemoAgent member, long began) {
        return view.since(began).stream()
                .filter(s -> s.member().equals(member.name()))
                .toList();
    }

    private static boolean told(DemoView view, List<DemoAgent> observers, DemoAgent about, String status, long began) {
        List<String> heard = view.since(began).stream()
                .filter(s -> s.member().equals(about.name()) && s.status().equals(status))
                .map(DemoView.Sighting::observer)
                .toList();
        // Somebody who hears "failed" before "suspect" never tells the latter.
        return observers.stream()
                .allMatch(o -> heard.contains(o.name())
                        || view.belief(o.name(), about.name()).equals("failed"));
    }

    private static boolean agree(DemoView view, List<DemoAgent> observers, List<DemoAgent> members, String status) {
        return observers.stream()
                .allMatch(o -> members.stream()
                        .allMatch(m -> view.belief(o.name(), m.name()).equals(status)));
    }

    private static DemoView.Sighting last(List<DemoView.Sighting> sightings, DemoAgent about, String status) {
        return sightings.stream()
                .filter(s -> s.member().equals(about.name()) && s.status().equals(status))
                .max(Comparator.comparingLong(DemoView.Sighting::nanos))
                .orElseThrow();
    }

    private void await(String what, Predicate<DemoView> condition) throws InterruptedException, DemoFailure {
        if (!view.await(condition, PATIENCE_MILLIS)) {
            throw new DemoFailure("waited " + PATIENCE_MILLIS / 1000 + " s for " + what);
        }
    }

    private List<DemoAgent> others(DemoAgent than) {
        return agents.stream().filter(a -> a != than).toList();
    }

    private static List<String> names(List<DemoAgent> agents) {
        return agents.stream().map(DemoAgent::name).toList();
    }

    private static String since(long began) {
        return at(System.nanoTime(), began);
    }

    private static String at(DemoView.Sighting sighting, long began) {
        return at(sighting.nanos(), began);
    }

    private static String at(long nanos, long began) {
        return String.format(Locale.ROOT, "%+8.3f s", (nanos - began) / 1e9);
    }

    private void onSignal(String name) {
        if (staying && name.equals("interrupt")) {
            told.countDown();
        } else {
            // 128 + the signal's number, as a shell reports it.
            System.exit(name.equals("interrupt") ? 130 : 143);
        }
    }

    /** Ends all agents and removes their logs. */
    private void end(Path logs) {
        agents.forEach(DemoAgent::destroy);
        try {
            for (DemoAgent agent : agents) {
                agent.awaitEnd();
            }
            try (Stream<Path> files = Files.list(logs)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(logs);
        } catch (IOException e) {
            err.println("Could not remove " + logs + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        told.countDown();
    }

    /** The story did not go as it should. */
    static final class DemoFailure extends Exception {
        private static final long serialVersionUID = 1L;

        DemoFailure(String message) {
            super(message);
        }
    }
}
