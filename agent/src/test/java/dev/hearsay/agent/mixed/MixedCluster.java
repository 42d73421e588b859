package dev.hearsay.agent.mixed;

import dev.hearsay.agent.AgentProcess;
import dev.hearsay.agent.Await;
import dev.hearsay.agent.mixed.Step.Action;
import dev.hearsay.agent.rpc.RpcException;
import dev.hearsay.agent.rpc.WireMember;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A cluster of real processes, ours and Serf's. One step at a time: each is done, and then all agents that are up have to
 * agree with each other and with what is {@link Expected}. One thread, except that any may call {@link #close}.
 */
final class MixedCluster implements AutoCloseable {
    /**
     * The longest wait for agreement. An agent that missed something hears of it in its next push/pull: every 30 s, but a
     * Serf agent begins its first up to 60 s after its start. A suspicion that nobody confirms lasts 24 s. The rest is for a
     * machine that has other things to do.
     */
    static final Duration BOUND = Duration.ofSeconds(90);

    private static final int TAIL_LINES = 40;

    private final Layers layers;
    private final Expected expected;
    private final Map<String, AgentProcess> agents = new ConcurrentSkipListMap<>();
    private final List<String> transcript = new ArrayList<>();
    private String lastWrong = "";

    /** A cluster without members. */
    MixedCluster(Layers layers, Expected expected) {
        this.layers = layers;
        this.expected = expected;
    }

    /**
     * Does the step and waits for agreement.
     *
     * @return from the beginning of the step until all agreed; what an agent needs to start is part of it
     * @throws AssertionError with the steps so far and what the agents said, if they do not agree within {@link #BOUND}
     */
    Duration perform(Step step) throws Exception {
        long begun = System.nanoTime();
        lastWrong = "";
        try {
            if (step.action() == Action.BLINK) {
                blink(step.member());
            }
            expected.apply(step);
            act(step);
            Await.until("agreement after " + step, BOUND, this::agreed);
        } catch (AssertionError | IOException | RpcException e) {
            transcript.add(step.toString());
            throw new AssertionError(e.getMessage() + "\n" + lastWrong + "\n" + evidence(), e);
        }
        expected.agreed();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        transcript.add(step + " (" + took.toMillis() + " ms)");
        return took;
    }

    /** What was last seen to be wrong before all agreed on the last step. */
    String lastWrong() {
        return lastWrong;
    }

    private void act(Step step) throws Exception {
        String member = step.member();
        switch (step.action()) {
            case START, MOVE -> start(member, step.through());
            case REBOOT -> {
                agent(member).kill();
                start(member, step.through());
            }
            case TAG -> setTags(member);
            case BLINK -> agent(member).resume();
            case PAUSE -> agent(member).pause();
            case RESUME -> agent(member).resume();
            case LEAVE -> {
                agent(member).leave();
                int code = agent(member).exitCode();
                if (code != 0) {
                    throw new AssertionError(member + " leaves and exits with " + code);
                }
            }
            case KILL -> agent(member).kill();
        }
    }

    private void start(String member, String through) throws IOException, RpcException {
        List<String> flags = new ArrayList<>(layers.flags(expected.kind(member)));
        expected.tags(member).forEach((key, value) -> flags.add("-tag=" + key + "=" + value));
        if (!through.isEmpty()) {
            flags.add("-join=" + expected.host(through));
        }
        String[] all = flags.toArray(new String[0]);
        String host = expected.host(member);
        AgentProcess before = agents.put(
                member,
                expected.kind(member) == Kind.OURS
                        ? AgentProcess.startHearsay(member, host, all)
                        : AgentProcess.startSerf(member, host, all));
        if (before != null) {
            before.close();
        }
        String encrypted = agent(member).figure("serf", "encrypted");
        if (!encrypted.equals(Boolean.toString(layers.encrypted()))) {
            throw new AssertionError(member + " says encrypted: " + encrypted + ", started with " + flags);
        }
    }

    /** With the real {@code serf tags}, ours as well as Serf's. */
    private void setTags(String member) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("serf", "tags", "-rpc-addr=" + agent(member).rpc()));
        expected.tags(member).forEach((key, value) -> command.add("-set=" + key + "=" + value));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command + " said: " + said);
        }
    }

    private void blink(String member) throws IOException, InterruptedException {
        agent(member).pause();
        Await.until("somebody suspects " + member, BOUND, () -> suspected(member));
    }

    private boolean suspected(String member) throws IOException, RpcException {
        for (String watcher : expected.up(Kind.OURS)) {
            if (!watcher.equals(member)
                    && agent(watcher).members().stream().anyMatch(m -> m.name().equals(member) && m.suspect())) {
                return true;
            }
        }
        return false;
    }

    private boolean agreed() throws IOException, RpcException {
        for (String viewer : expected.up()) {
            String wrong = expected.wrong(viewer, agent(viewer).members());
            if (!wrong.isEmpty()) {
                lastWrong = wrong;
                return false;
            }
        }
        return true;
    }

    /** What one needs to find out what went wrong. */
    private String evidence() throws IOException {
        StringBuilder all = new StringBuilder("Steps, with " + layers.text() + " messages: " + transcript + "\n");
        for (String viewer : expected.up()) {
            all.append(viewer).append(" sees:\n");
            try {
                for (WireMember seen : agent(viewer).members()) {
                    String status = seen.suspect() ? "suspect" : seen.status();
                    all.append("    %s %s %s %s%n".formatted(seen.name(), seen.address(), status, seen.tags()));
                }
            } catch (IOException | RpcException | IllegalStateException e) {
                all.append("    ").append(e.getMessage()).append('\n');
            }
        }
        for (Map.Entry<String, AgentProcess> each : agents.entrySet()) {
            // Each of our own questions is a line, too.
            List<String> lines = each.getValue()
                    .log()
                    .lines()
                    .filter(line -> !line.contains("agent.ipc"))
                    .toList();
            all.append("The last that ").append(each.getKey()).append(" said:\n");
            lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size())
                    .forEach(line -> all.append("    ").append(line).append('\n'));
        }
        return all.toString();
    }

    private AgentProcess agent(String member) {
        AgentProcess agent = agents.get(member);
        if (agent == null) {
            throw new IllegalStateException(member + " was never started");
        }
        return agent;
    }

    @Override
    public void close() {
        agents.values().forEach(AgentProcess::close);
    }
}
