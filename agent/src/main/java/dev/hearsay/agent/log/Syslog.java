package dev.hearsay.agent.log;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends log lines to the machine's syslog, through the program {@code logger} of util-linux: syslog listens on a socket of a
 * kind that Java cannot open. One process of it runs as long as the agent and reads lines with their priority in front. A queue
 * of {@value #QUEUE} lines is between; what does not fit is dropped, counted, and reported. If the program ends, it is started
 * again, once a minute at most.
 */
public final class Syslog implements AutoCloseable {
    /** How many lines wait. */
    static final int QUEUE = 4096;

    private static final long RESTART_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final Logger LOG = LoggerFactory.getLogger(Syslog.class);
    private static final Map<String, Integer> FACILITIES = Map.ofEntries(
            Map.entry("KERN", 0),
            Map.entry("USER", 1),
            Map.entry("MAIL", 2),
            Map.entry("DAEMON", 3),
            Map.entry("AUTH", 4),
            Map.entry("SYSLOG", 5),
            Map.entry("LPR", 6),
            Map.entry("NEWS", 7),
            Map.entry("UUCP", 8),
            Map.entry("CRON", 9),
            Map.entry("AUTHPRIV", 10),
            Map.entry("FTP", 11),
            Map.entry("LOCAL0", 16),
            Map.entry("LOCAL1", 17),
            Map.entry("LOCAL2", 18),
            Map.entry("LOCAL3", 19),
            Map.entry("LOCAL4", 20),
            Map.entry("LOCAL5", 21),
            Map.entry("LOCAL6", 22),
            Map.entry("LOCAL7", 23));

    private final BlockingQueue<LogLine> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong dropped = new AtomicLong();
    private final List<String> command;
    private final int facility;
    private final Supplier<LogLevel> least;
    private final Thread thread;
    private @Nullable Process process;
    private @Nullable BufferedWriter out;
    private long started;
    private volatile boolean closing;

    private Syslog(List<String> command, int facility, Supplier<LogLevel> least) {
        this.command = command;
        this.facility = facility;
        this.least = least;
        this.thread = new Thread(this::run, "syslog");
        this.thread.setDaemon(true);
    }

    /** Whether syslog has a facility of that name, in capitals. */
    public static boolean isFacility(String name) {
        return FACILITIES.containsKey(name);
    }

    /**
     * Sends what the ring remembers and then what comes.
     *
     * @param facility a facility's name
     * @param least from which level on; asked for each line, and must not block
     * @throws IOException if there is no {@code logger}, or no syslog
     */
    public static Syslog start(LogRing ring, String facility, Supplier<LogLevel> least) throws IOException {
        probe(List.of(
                "logger",
                "--socket-errors=on",
                "-t",
                "hearsay",
                "-p",
                facility.toLowerCase(Locale.ROOT) + ".debug",
                "starting"));
        return start(ring, List.of("logger", "--socket-errors=on", "-t", "hearsay", "--prio-prefix"), facility, least);
    }

    static Syslog start(LogRing ring, List<String> command, String facility, Supplier<LogLevel> least)
            throws IOException {
        Syslog syslog = new Syslog(command, FACILITIES.getOrDefault(facility, 16), least);
        syslog.open();
        ring.subscribe(syslog::offer);
        syslog.thread.start();
        return syslog;
    }

    /** Whether it works at all; the lasting process would tell nobody. */
    private static void probe(List<String> command) throws IOException {
        Process once = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var said = once.getInputStream()) {
            once.getOutputStream().close();
            String text = new String(said.readNBytes(1024), StandardCharsets.UTF_8).strip();
            if (once.waitFor() != 0 || !text.isEmpty()) {
                throw new IOException(text);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Sends what is queued, for half a second at most. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void offer(LogLine line) {
        if (line.level().compareTo(least.get()) >= 0 && !queue.offer(line)) {
            dropped.incrementAndGet();
        }
    }

    private void run() {
        try {
            while (!closing || !queue.isEmpty()) {
                LogLine line = queue.poll(50, TimeUnit.MILLISECONDS);
                if (line != null) {
                    write(line);
                }
                long lost = queue.isEmpty() ? dropped.getAndSet(0) : 0;
                if (lost > 0) {
                    LOG.warn("{} log lines were not sent to syslog", lost);
                }
            }
            if (out != null) {
                out.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("closing syslog", e);
        }
    }

    private void write(LogLine line) {
        try {
            if (out == null) {
                open();
            }
            if (out != null) {
                out.write(prefixed(facility, line));
                out.flush();
                return;
            }
        } catch (IOException e) {
            out = null;
            LOG.warn("syslog: {} has ended and will be started again", command.get(0));
        }
        dropped.incrementAndGet();
    }

    /** Starts the program, unless it was started a moment ago. */
    private void open() throws IOException {
        long now = System.nanoTime();
        if (process != null && now - started < RESTART_NANOS) {
            return;
        }
        started = now;
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        out = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /** Without time and level, which syslog has itself; each line of a text has its priority. */
    static String prefixed(int facility, LogLine line) {
        String prefix = "<" + (facility * 8 + severity(line.level())) + ">";
        String text = line.text().substring(line.text().indexOf("] ") + 2);
        return prefix + text.replace("\n", "\n" + prefix) + "\n";
    }

    /** Serf's mapping. */
    private static int severity(LogLevel level) {
        return switch (level) {
            case ERR -> 3;
            case WARN -> 4;
            case INFO -> 5;
            case DEBUG -> 6;
            case TRACE -> 7;
        };
    }
}
