package dev.hearsay.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the pages: the folder {@code site} beside this class, from a jar or from a folder of classes, D3 from its
 * WebJar, and the project's documents. What is not in the list of its files is not there: so no path, however it is written, leads out of the site.
 * Thread-safe.
 */
public final class Site {
    /** The folder of what only an agent can serve, because it asks the agent. */
    public static final String DASHBOARD = "dashboard/";

    /** Where a file of the class path stands, by its path in the site. */
    private @Nullable SortedMap<String, String> resources;

    private final Map<String, SiteFile> read = new ConcurrentHashMap<>();

    /** A site of which nothing is read until it is asked for; then it is kept. */
    public Site() {}

    /**
     * The paths of all files, without a slash at the front, in order.
     *
     * @throws UncheckedIOException if the class path cannot be read
     */
    public List<String> paths() {
        return List.copyOf(resources().keySet());
    }

    /**
     * The file of that path.
     *
     * @param path as {@link #paths} lists it
     * @return null if there is none: {@code ..}, percent signs, backslashes and folders are no paths of files
     * @throws UncheckedIOException if it cannot be read
     */
    public @Nullable SiteFile find(String path) {
        String resource = resources().get(path);
        return resource == null
                ? null
                : read.computeIfAbsent(path, name -> new SiteFile(name, content(name, resource)));
    }

    private byte[] content(String path, String resource) {
        byte[] bytes = bytes(resource);
        return Manual.isSource(resource)
                ? Manual.page(path, new String(bytes, StandardCharsets.UTF_8), paths())
                        .getBytes(StandardCharsets.UTF_8)
                : bytes;
    }

    private synchronized SortedMap<String, String> resources() {
        if (resources == null) {
            SortedMap<String, String> found = new TreeMap<>();
            try {
                String here = Site.class.getPackageName().replace('.', '/');
                for (String path : list(here + "/site/", "common/base.css")) {
                    found.put(path, here + "/site/" + path);
                }
                for (String path : list(here + "/manual/", "README.md")) {
                    found.put(Manual.isSource(path) ? Manual.pageOf(path) : path, here + "/manual/" + path);
                }
                String webJar = webJar();
                found.put("lib/d3.min.js", webJar + "/d3.min.js");
                found.put("lib/d3.LICENSE.txt", webJar + "/LICENSE");
            } catch (IOException e) {
                throw new UncheckedIOException("the pages cannot be listed", e);
            }
            resources = found;
        }
        return resources;
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = Site.class.getClassLoader().getResourceAsStream(resource)) {
            return Objects.requireNonNull(in, resource + " is not in the class path")
                    .readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }

    private static String webJar() throws IOException {
        Properties jar = new Properties();
        try (InputStream in = Site.class.getResourceAsStream("webjar.properties")) {
            jar.load(Objects.requireNonNull(in, "webjar.properties is not in the class path"));
        }
        return jar.getProperty("folder");
    }

    /** The files below a folder of the class path, which is found by one that is always there. */
    private static List<String> list(String folder, String known) throws IOException {
        URL landmark = Site.class.getClassLoader().getResource(folder + known);
        Objects.requireNonNull(landmark, folder + known + " is not in the class path");
        if (landmark.openConnection() instanceof JarURLConnection inJar) {
            // A copy of our own: closing the class loader's would break it.
            inJar.setUseCaches(false);
            try (JarFile jar = inJar.getJarFile()) {
                return jar.stream()
                        .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(folder))
                        .map(entry -> entry.getName().substring(folder.length()))
                        .toList();
            }
        }
        try {
            Path root = Path.of(landmark.toURI());
            for (int i = Path.of(known).getNameCount(); i > 0; i--) {
                root = Objects.requireNonNull(root.getParent());
            }
            Path top = root;
            try (Stream<Path> files = Files.walk(top)) {
                return files.filter(Files::isRegularFile)
                        .map(file -> top.relativize(file).toString().replace('\\', '/'))
                        .toList();
            }
        } catch (URISyntaxException e) {
            throw new IOException("no folder: " + landmark, e);
        }
    }
}
