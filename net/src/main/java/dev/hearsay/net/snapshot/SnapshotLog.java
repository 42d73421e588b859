package dev.hearsay.net.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The file itself: lines are appended, and when it has become too long it is written anew beside the old one and takes its
 * place. At every moment there is one whole file. Belongs to one thread.
 */
final class SnapshotLog implements AutoCloseable {
    /** Below this size in bytes it is never written anew (Serf's {@code SnapshotSizeLimit}). */
    static final long MIN_COMPACT_BYTES = 128 << 10;

    /** A member takes about so many bytes (Serf's {@code snapshotBytesPerNode}). */
    private static final long BYTES_PER_NAME = 128;

    /** It is written anew when it is so many times as long as it must be (Serf's {@code snapshotCompactionThreshold}). */
    private static final long SLACK = 2;

    private final Path file;
    private final Path next;
    private FileChannel channel;
    /** Everything before this is whole lines. */
    private long size;
    /** How long it was when it was last written anew. */
    private long compacted;

    /** Opens the file, or makes an empty one. */
    SnapshotLog(Path path) throws IOException {
        channel = open(path);
        // What takes its place must not replace a symbolic link.
        file = path.toRealPath();
        next = file.resolveSibling(file.getFileName() + ".compact");
        size = channel.size();
    }

    /** Whether it is so long that it should be written anew, with so many members in it. */
    boolean tooLong(int names) {
        long useful = Math.max(BYTES_PER_NAME * names, compacted);
        return size > Math.max(MIN_COMPACT_BYTES, SLACK * useful);
    }

    /** Appends lines; if that fails, the file is as it was, as far as the disk allows. */
    void append(String lines) throws IOException {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        try {
            write(channel, bytes, size);
            size += bytes.length;
        } catch (IOException e) {
            try {
                channel.truncate(size);
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /** Replaces the file by one with these lines; if that fails, the old one stays. */
    void rewrite(String lines) throws IOException {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        FileChannel fresh = null;
        boolean done = false;
        try {
            Files.deleteIfExists(next);
            fresh = open(next);
            write(fresh, bytes, 0);
            fresh.force(true);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            done = true;
        } finally {
            if (!done) {
                closeQuietly(fresh);
                Files.deleteIfExists(next);
            }
        }
        closeQuietly(channel);
        channel = fresh;
        size = bytes.length;
        compacted = size;
    }

    /** Puts a copy of the file beside it, for a person to look at. */
    Path keep() throws IOException {
        Path copy = file.resolveSibling(file.getFileName() + ".damaged");
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        return copy;
    }

    /** Returns when what was written is on the disk. */
    void sync() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // What was in it stands in another file, or was not wanted.
            }
        }
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static void write(FileChannel to, byte[] bytes, long position) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            to.write(rest, position + rest.position());
        }
    }
}
