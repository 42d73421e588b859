package dev.hearsay.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hearsay.agent.Await;
import dev.hearsay.agent.InsideAgent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A session on three agents of one cluster, as typed: {@code cli/shared-state.session}. {@code a$} is a command on agent a; {@code a?} is
 * typed again and again until it shows what stands below it, within a bound: what others wrote takes a moment to arrive.
 */
class SharedStateSessionTest {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Pattern PROMPT = Pattern.compile("([abc])([$?]) hearsay (.*)");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @TempDir
    private Path dir;

    private final Map<String, InsideAgent> agents = new LinkedHashMap<>();

    @BeforeEach
    void start() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            agents.put(name, InsideAgent.start(name, Map.of()));
        }
        agent("b").join(agent("a"), 2);
        agent("c").join(agent("a"), 3);
    }

    @AfterEach
    void stop() {
        agents.values().forEach(InsideAgent::close);
    }

    @Test
    void eachCommandDoesWhatTheSessionShows() throws IOException {
        Files.write(dir.resolve("key.bin"), new byte[] {0, (byte) 0xff, 'x'});
        Files.writeString(dir.resolve("motd.txt"), "two\nlines");
        List<String> script = script();
        StringBuilder session = new StringBuilder();
        int steps = 0;
        for (int i = 0; i < script.size(); ) {
            Matcher prompt = PROMPT.matcher(script.get(i));
            session.append(script.get(i++)).append('\n');
            if (prompt.matches()) {
                StringBuilder shown = new StringBuilder();
                while (i < script.size() && !script.get(i).isEmpty()) {
                    shown.append(script.get(i++)).append('\n');
                }
                session.append(typed(prompt, shown.toString()));
                steps++;
            }
        }
        assertEquals(String.join("\n", script) + "\n", session.toString());
        assertTrue(steps > 50, steps + " steps");
    }

    private String typed(Matcher prompt, String wanted) {
        InsideAgent agent = agent(prompt.group(1));
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(prompt.group(3).replace("DIR", dir.toString()));
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2));
        }
        String command = words.remove(0);
        String[] args = words.toArray(new String[0]);
        String[] said = {agent.type(command, args)};
        if (prompt.group(2).equals("?")) {
            Await.until(prompt.group() + " shows:\n" + wanted, BOUND, () -> {
                boolean right = said[0].equals(wanted);
                said[0] = right ? said[0] : agent.type(command, args);
                return right;
            });
        }
        return said[0].replace(dir.toString(), "DIR");
    }

    private static List<String> script() throws IOException {
        try (InputStream in = SharedStateSessionTest.class.getResourceAsStream("/cli/shared-state.session")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private InsideAgent agent(String name) {
        return agents.get(name);
    }
}
