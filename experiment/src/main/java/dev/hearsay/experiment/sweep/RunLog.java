package dev.hearsay.experiment.sweep;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a sweep, or a shard of it, has so far: a file with a line for the sweep and one for each row, in the order in which the
 * runs ended. Lines are appended whole; one that was cut off when the process was killed is recognised and dropped.
 *
 * <p>One process writes it, which a lock on the file sees to; its threads may append at once.
 */
final class RunLog implements AutoCloseable {
    /** Longest line, in bytes; a row has about 3,000. */
    static final int MOST_LINE = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private boolean closed;

    private RunLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * What a file has.
     *
     * @param rows in the file's order, each run once
     * @param end how many bytes belong to whole lines
     * @param cut whether there was a half-written line behind them
     */
    record Content(List<Row> rows, long end, boolean cut) {}

    /** A log that is open for appending, and what was in it. */
    record Opened(RunLog log, Content content) {}

    /**
     * Opens the file for appending, makes it if it is not there, and cuts off a line that was not written to its end.
     *
     * @throws SweepException if it is of another sweep, damaged, or being written by another process
     */
    static Opened open(Path file, Plan plan) throws SweepException {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                throw new SweepException(file + " is being written by another process: let it end, or stop it");
            }
            Content content = Files.size(file) == 0 ? new Content(List.of(), 0, false) : read(file, plan);
            channel.truncate(content.end);
            channel.position(content.end);
            RunLog log = new RunLog(file, channel);
            if (content.end == 0) {
                log.write(head(plan));
            }
            channel = null;
            return new Opened(log, content);
        } catch (IOException e) {
            throw new SweepException("cannot write " + file + ": " + e);
        } finally {
            close(channel);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // What is told is why it was closed.
            return;
        }
    }

    private static String head(Plan plan) {
        return Json.line(Json.object().put("format", PlanJson.FORMAT).put("sweep", plan.fingerprint()));
    }

    /**
     * Reads a file.
     *
     * @throws SweepException if it is of another sweep, or a line of it is not a row of this one; names file and line
     */
    static Content read(Path file, Plan plan) throws SweepException {
        Map<String, Row> rows = new LinkedHashMap<>();
        int points = plan.points().size();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            long end = 0;
            int number = 1;
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b != '\n') {
                    line.write(b);
                    if (line.size() > MOST_LINE) {
                        throw new SweepException(
                                file + ":" + number + ": longer than " + MOST_LINE + " bytes: not a row");
                    }
                    continue;
                }
                String place = file + ":" + number;
                String text = line.toString(StandardCharsets.UTF_8);
                if (number == 1) {
                    checkHead(place, text, plan);
                } else {
                    add(rows, place, text, plan, points);
                }
                end += line.size() + 1L;
                line.reset();
                number++;
            }
            return new Content(List.copyOf(rows.values()), end, line.size() > 0);
        } catch (IOException e) {
            throw new SweepException("cannot read " + file + ": " + e);
        }
    }

    private static void checkHead(String place, String text, Plan plan) throws SweepException {
        if (!text.equals(head(plan))) {
            throw new SweepException(place + ": the runs are of another sweep: it begins with " + shorten(text)
                    + " and must with " + head(plan));
        }
    }

    private static void add(Map<String, Row> rows, String place, String text, Plan plan, int points)
            throws SweepException {
        Row row;
        try {
            row = RowJson.read(text);
        } catch (SweepException e) {
            throw new SweepException(
                    place + ": damaged (" + e.getMessage() + "); delete the line, and its run is done again");
        }
        if (row.point() < 0 || row.point() >= points || !plan.seeds().contains(row.seed())) {
            throw new SweepException(
                    place + ": there is no point " + row.point() + " with seed " + row.seed() + " in this sweep");
        }
        Row before = rows.putIfAbsent(row.point() + "/" + row.seed(), row);
        if (before != null && !before.equals(row)) {
            throw new SweepException(place + ": seed " + row.seed() + " at point " + row.point()
                    + " has two results that differ: the program or the machine is at fault; delete one");
        }
    }

    private static String shorten(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }

    /** Appends a row. After {@link #close} it does nothing: the row comes too late, and its run is done again. */
    void append(Row row) throws SweepException {
        write(RowJson.line(row));
    }

    private synchronized void write(String line) throws SweepException {
        if (closed) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new SweepException("cannot write " + file + ": " + e);
        }
    }

    /** Ends it between two lines. */
    @Override
    public synchronized void close() {
        closed = true;
        close(channel);
    }

    /** The files of runs in a folder, by name. */
    static List<Path> in(Path folder) throws SweepException {
        List<Path> files = new ArrayList<>();
        try (var found = Files.newDirectoryStream(folder, "runs*.jsonl")) {
            found.forEach(files::add);
        } catch (IOException e) {
            throw new SweepException("cannot read the folder " + folder + ": " + e);
        }
        files.sort(null);
        return files;
    }
}
