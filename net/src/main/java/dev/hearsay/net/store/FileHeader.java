package dev.hearsay.net.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of a file of MVStore, which names a version that has been in it. The library goes back to an earlier one when the end of the
 * file is missing, without a word; comparing tells.
 */
final class FileHeader {
    private static final int HEADER_BYTES = 4096;
    private static final Pattern VERSION = Pattern.compile(",version:([0-9a-f]{1,15})[,\n]");

    private FileHeader() {}

    /** The version, or -1 if there is no such file or header. */
    static long version(Path file) {
        if (!Files.isRegularFile(file)) {
            return -1;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String header = new String(in.readNBytes(HEADER_BYTES), StandardCharsets.ISO_8859_1);
            Matcher matcher = VERSION.matcher(header);
            return header.startsWith("H:") && matcher.find() ? Long.parseLong(matcher.group(1), 16) : -1;
        } catch (IOException e) {
            return -1;
        }
    }
}
