package dev.hearsay.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused of flags and arguments about shared state, before there is an agent. */
class SharedUsageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "map put m k v -ttl=soon|-ttl|soon",
                "map put m k -base64 $|-base64|$",
                "map put m k -base64 -file=x|-file|-base64",
                "set list s -file=x|-file|set contains",
                "counter add c 9223372036854775808|AMOUNT|9223372036854775808",
                "register get|NAME|0 words",
                "state get k -name=x|-name|state watch",
                "state list -type=map -member=a|-type|-member",
                "agent -state-mode=shout|-state-mode|shout",
                "agent -state-fanout=33|-state-fanout|33",
                "agent -state-rate=1023|-state-rate|1023",
                "agent -state-max-value=1048577|-state-max-value|1048577",
                "agent -state-interval=1us|-state-interval|1us",
            })
    void aMistakeIsOneLineThatNamesItAndExitsWith1(String line, String what, String value) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        assertEquals(1, new Cli(stream, stream).run(line.split(" ")));
        String said = err.toString(StandardCharsets.UTF_8);
        String first = said.lines().findFirst().orElse("");
        assertTrue(first.startsWith("Error: ") && first.contains(what) && first.contains(value), first);
        assertEquals(2, said.lines().count(), "the error, and where to look");
    }
}
