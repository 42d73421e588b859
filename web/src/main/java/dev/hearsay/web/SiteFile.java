package dev.hearsay.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** One file of the {@link Site}, as it is and compressed. Thread-safe. */
public final class SiteFile {
    /** Shorter files gain nothing: they fit into one packet as they are. */
    private static final int SHORTEST_COMPRESSED_BYTES = 1024;
    /** How much of the digest the tag has: enough that two contents never have the same. */
    private static final int TAG_BYTES = 16;

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "txt", "text/plain;charset=utf-8",
            "png", "image/png",
            "woff2", "font/woff2");
    /** What is compressed already. */
    private static final Set<String> DENSE = Set.of("png", "woff2");

    private final String path;
    private final byte[] content;
    private final byte[] compressed;
    private final String etag;

    SiteFile(String path, byte[] content) {
        this.path = path;
        this.content = content;
        byte[] gzip = DENSE.contains(ending()) || content.length < SHORTEST_COMPRESSED_BYTES ? content : gzip(content);
        this.compressed = gzip.length < content.length ? gzip : content;
        this.etag = tag(content);
    }

    /** Where it is in the site, without a slash at the front. */
    public String path() {
        return path;
    }

    /** Its content type, by its ending; any bytes if that is not known. */
    public String type() {
        return TYPES.getOrDefault(ending(), "application/octet-stream");
    }

    /** The entity tag (RFC 9110, section 8.8.3): weak, as it names the content and not its compressed form. */
    public String etag() {
        return etag;
    }

    /** How long it is, in bytes. */
    public int size() {
        return content.length;
    }

    /** How long it is as gzip, in bytes; as long as it is, if compressing it is no gain. */
    public int compressedSize() {
        return compressed.length;
    }

    /** Whether there is a compressed form. */
    public boolean compressible() {
        return compressed != content;
    }

    /** Writes it as it is. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(content);
    }

    /** Writes it as gzip, if it is {@link #compressible}. */
    public void writeCompressedTo(OutputStream out) throws IOException {
        out.write(compressed);
    }

    private String ending() {
        return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String tag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            byte[] start = Arrays.copyOf(digest, TAG_BYTES);
            return "W/\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(start) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
