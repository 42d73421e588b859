package dev.hearsay.api.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.hearsay.wire.DropReason;
import dev.hearsay.wire.WireException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What an operator sees when strangers with other keys or labels knock, and how often. */
class MismatchTest {
    private static final InetSocketAddress FROM = new InetSocketAddress("127.9.8.7", 65);
    private static final long MINUTE = LineLimit.INTERVAL_NANOS;

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(Mismatch.class);

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stop() {
        log.detachAppender(lines);
    }

    @Test
    void each_reason_has_one_line_a_minute_with_the_source_and_what_to_do_and_says_how_many_were_held_back() {
        Mismatch mismatch = new Mismatch("n");
        WireException otherKey =
                new WireException(DropReason.NOT_DECRYPTED, "No installed keys could decrypt the message");
        WireException otherLabel = new WireException(DropReason.WRONG_LABEL, "the label of another cluster");
        long start = Long.MAX_VALUE - MINUTE / 2; // the clock may wrap around
        for (int i = 0; i < 1000; i++) {
            mismatch.onDropped("packet", FROM, otherKey, start + i);
            mismatch.onDropped("stream", FROM, otherLabel, start + i);
        }
        mismatch.onDropped("packet", FROM, otherKey, start + MINUTE);

        String other = "node 'n' dropped a packet from /127.9.8.7:65: No installed keys could decrypt the message; "
                + "the keys differ: compare the keys of both sides";
        assertEquals(
                List.of(
                        other,
                        "node 'n' dropped a stream from /127.9.8.7:65: the label of another cluster; "
                                + "the labels differ: compare the labels of both sides",
                        other + " (and 999 more like it since the last such line)"),
                warnings());
    }

    @Test
    void what_is_merely_malformed_is_for_the_debugger() {
        new Mismatch("n").onDropped("packet", FROM, new WireException(DropReason.CHECKSUM, "x"), 0);
        assertTrue(warnings().isEmpty());
    }

    private List<String> warnings() {
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
