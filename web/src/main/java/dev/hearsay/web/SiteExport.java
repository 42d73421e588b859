package dev.hearsay.web;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The explainer and the lab as files for any web server, below any path: everything of the {@link Site} but the dashboard, which
 * needs an agent.
 *
 * @param files how many were written
 * @param bytes how long they are together
 * @param compressedBytes how long they are together as a web server that compresses sends them
 */
public record SiteExport(int files, long bytes, long compressedBytes) {
    /**
     * Writes them.
     *
     * @param folder made if it is not there
     * @param force whether the folder may have something in it; files of the same name are overwritten, others stay
     * @throws IOException if the folder is not empty, is a file, or cannot be written; what is written until then stays
     */
    public static SiteExport write(Site site, Path folder, boolean force) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException(folder + " is a file, not a directory");
        }
        Files.createDirectories(folder);
        if (!force) {
            try (Stream<Path> there = Files.list(folder)) {
                if (there.findAny().isPresent()) {
                    throw new IOException(folder + " is not empty");
                }
            }
        }
        int files = 0;
        long bytes = 0;
        long compressed = 0;
        for (String path : site.paths()) {
            if (path.startsWith(Site.DASHBOARD)) {
                continue;
            }
            SiteFile file = Objects.requireNonNull(site.find(path), path);
            Path target = folder.resolve(path);
            Files.createDirectories(Objects.requireNonNull(target.getParent(), path));
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
                file.writeTo(out);
            }
            files++;
            bytes += file.size();
            compressed += file.compressedSize();
        }
        return new SiteExport(files, bytes, compressed);
    }
}
