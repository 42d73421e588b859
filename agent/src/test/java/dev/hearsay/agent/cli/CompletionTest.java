package dev.hearsay.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The completion script, in a real shell: what Tab offers after a line. */
@EnabledIf("bashInstalled")
class CompletionTest {
    @TempDir
    private Path dir;

    private Path script;

    static boolean bashInstalled() {
        return Files.isExecutable(Path.of("/bin/bash"));
    }

    static boolean zshInstalled() {
        return Files.isExecutable(Path.of("/bin/zsh")) || Files.isExecutable(Path.of("/usr/bin/zsh"));
    }

    @BeforeEach
    void print() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertEquals(0, new Cli(stream, stream).run("completion", "bash"));
        script = Files.write(dir.resolve("completion.bash"), out.toByteArray());
    }

    @ParameterizedTest
    @CsvSource({
        "./hearsay me,members",
        "./hearsay k,keygen keys",
        "./hearsay query -,-format -h -help -no-ack -node -relay-factor -rpc-addr -rpc-auth -tag -timeout",
        "./hearsay query -no,-no-ack -node",
        "'./hearsay query -format ',json text",
        "./hearsay query -no-ack -format j,json",
        "'./hearsay agent -profile ',lan local wan",
        "./hearsay monitor -log-level d,debug",
        "./hearsay force-leave -p,-prune",
        "'./hearsay state ',delete get list put stats watch",
        "./hearsay map p,put",
        "'./hearsay state watch -type ',counter fact map register set",
        "./hearsay counter add -f,-format",
        "'./hearsay sim ',compare fuzz list merge metrics replay rumor run show sweep validate",
        "'./hearsay sim run -format ',json text",
        "./hearsay sim replay -n,-node",
        "'./hearsay sim sweep -engine ',local spark",
        "./hearsay nosuch -,''",
    })
    void tabOffersWhatCanStandThere(String line, String offered) throws Exception {
        assertEquals(offered, String.join(" ", inBash(line)));
    }

    @Test
    void withoutACommandTabOffersAll() throws Exception {
        Set<String> offered = inBash("./hearsay ");
        assertEquals(new Cli(System.out, System.err).commands().keySet(), offered, "all commands, and nothing else");
    }

    @Test
    @EnabledIf("zshInstalled")
    void zshLoadsItToo() throws Exception {
        Path home = Files.createDirectory(dir.resolve("zsh"));
        String said = run(List.of(
                "env", "ZDOTDIR=" + home, "zsh", "-fc", "source " + script + " && whence -w _complete_hearsay"));
        assertTrue(said.contains("_complete_hearsay: function"), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fish", "bash zsh"})
    void anotherShellIsRefused(String shells) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        String line = ("completion " + shells).strip();
        assertEquals(1, new Cli(stream, stream).run(line.split(" ")));
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("Error: the shell must be given: bash or zsh\n"));
    }

    /** Calls the completion function as bash does when Tab is pressed at the end of the line. */
    private Set<String> inBash(String line) throws Exception {
        String code = """
                source "$1"
                COMP_LINE=$2
                COMP_POINT=${#COMP_LINE}
                read -ra COMP_WORDS <<< "$COMP_LINE"
                case $COMP_LINE in *' ') COMP_WORDS+=('') ;; esac
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                set -- $(complete -p hearsay)
                while [ "$1" != -F ]; do shift; done
                "$2" hearsay "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2>/dev/null
                printf '%s\\n' "${COMPREPLY[@]}"
                """;
        String offered = run(List.of("/bin/bash", "--norc", "-c", code, "bash", script.toString(), line));
        Set<String> words = new TreeSet<>(offered.lines().map(String::strip).toList());
        words.remove("");
        return words;
    }

    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "the shell does not end");
        assertEquals(0, process.exitValue(), said);
        return said;
    }
}
