package dev.hearsay.agent.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Reads small JSON files and replaces them. */
final class StateFile {
    /** More than the largest keyring, and much more than all tags, need. */
    static final int MAX_BYTES = 64 * 1024;

    private StateFile() {}

    /** Takes a parser, which stands before the first token. */
    interface Reading<T> {
        T from(JsonParser parser) throws IOException;
    }

    /**
     * Reads a file.
     *
     * @throws IOException with one line that says what is wrong and where. It quotes nothing from the file, which may be secret
     */
    static <T> T read(Path file, Reading<T> reading) throws IOException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("it has more than " + MAX_BYTES + " bytes");
            }
            try (JsonParser parser = new JsonFactory().createParser(Files.readAllBytes(file))) {
                T content = reading.from(parser);
                if (parser.nextToken() != null) {
                    throw new IOException("there is something behind its end, at " + place(parser.currentLocation()));
                }
                return content;
            }
        } catch (NoSuchFileException e) {
            throw new IOException("there is no such file", e);
        } catch (JsonProcessingException e) {
            throw new IOException("it is no JSON, at " + place(e.getLocation()), e);
        }
    }

    /** Where a parser is, as "line 3 column 7". */
    static String place(JsonLocation at) {
        return "line " + at.getLineNr() + " column " + at.getColumnNr();
    }

    /**
     * Puts the content in the place of what is there, in one step: whoever reads meanwhile, or after a crash, finds the old or
     * the new content, whole. Only the user of this process may read it.
     */
    static void replace(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path fresh = Files.createTempFile(folder, "." + file.getFileName(), ".new", onlyOwner());
        try {
            try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
                out.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static FileAttribute<?>[] onlyOwner() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
