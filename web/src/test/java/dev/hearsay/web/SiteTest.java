package dev.hearsay.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
    private final Site site = new Site();

    @Test
    void the_site_has_its_own_files_and_those_of_d3() {
        assertTrue(
                site.paths().containsAll(List.of("common/base.css", "common/dom.js", "lib/d3.min.js")),
                () -> site.paths().toString());
        for (String path : site.paths()) {
            SiteFile file = site.find(path);
            assertNotNull(file, path);
            assertTrue(file.size() > 0, path);
            assertNotEquals("application/octet-stream", file.type(), path + " has an ending whose type is not known");
        }
    }

    @Test
    void files_have_the_type_of_their_ending() {
        assertEquals("text/css;charset=utf-8", site.find("common/base.css").type());
        assertEquals("text/javascript;charset=utf-8", site.find("lib/d3.min.js").type());
    }

    @Test
    void what_is_no_path_of_a_file_finds_nothing() {
        for (String path : List.of(
                "",
                "/",
                "common",
                "common/",
                "/common/base.css",
                "common//base.css",
                "./common/base.css",
                "common/../common/base.css",
                "../Site.class",
                "..\\Site.class",
                "common\\base.css",
                "%2e%2e/Site.class",
                "common/base%2ecss",
                "common/base.css\0",
                "common/base.css\0.js",
                "COMMON/BASE.CSS",
                "webjar.properties",
                "lib/d3.js")) {
            assertNull(site.find(path), path);
        }
    }

    @Test
    void the_compressed_form_is_the_same_content_and_shorter() throws IOException {
        SiteFile d3 = site.find("lib/d3.min.js");
        assertTrue(d3.compressible());
        assertTrue(d3.compressedSize() < d3.size() / 2, d3.compressedSize() + " of " + d3.size());
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        d3.writeTo(plain);
        d3.writeCompressedTo(compressed);
        assertEquals(d3.compressedSize(), compressed.size());
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed.toByteArray()))) {
            assertArrayEquals(plain.toByteArray(), in.readAllBytes());
        }
    }

    /** Whatever members call themselves becomes a text node. And what is too long for one head is two things. */
    @Test
    void no_script_makes_markup_of_text_or_code_of_text_and_none_is_too_long() throws IOException {
        Pattern banned = Pattern.compile(
                "(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|document\\.write|\\beval\\(|new Function|\\.html\\()");
        int scripts = 0;
        for (String path : site.paths()) {
            if (path.endsWith(".js") && !path.startsWith("engine/") && !path.startsWith("lib/")) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                site.find(path).writeTo(out);
                String code = out.toString(StandardCharsets.UTF_8).replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "");
                Matcher found = banned.matcher(code);
                assertFalse(found.find(), () -> path + ": " + found.group());
                assertTrue(code.lines().count() <= 400, path + " has more than 400 lines");
                scripts++;
            }
        }
        assertTrue(scripts > 30, "scripts: " + scripts);
    }

    @Test
    void what_is_short_or_dense_is_not_compressed() {
        byte[] text = "a".repeat(5000).getBytes(StandardCharsets.UTF_8);
        assertTrue(new SiteFile("x.js", text).compressible());
        assertFalse(new SiteFile("x.png", text).compressible());
        assertFalse(new SiteFile("x.js", new byte[500]).compressible());
    }

    @Test
    void the_tag_follows_the_content() {
        assertEquals(new SiteFile("a.js", new byte[] {1}).etag(), new SiteFile("b.js", new byte[] {1}).etag());
        assertNotEquals(new SiteFile("a.js", new byte[] {1}).etag(), new SiteFile("a.js", new byte[] {2}).etag());
    }

    @Test
    void a_jar_has_the_same_files_as_a_folder(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("web site.jar");
        pack(Path.of("target", "classes"), jar);
        URL[] path = {
            jar.toUri().toURL(),
            jarOf("META-INF/resources/webjars/d3js"),
            jarOf("org/commonmark/node"),
            jarOf("org/commonmark/ext/gfm/tables"),
            jarOf("org/commonmark/ext/heading/anchor")
        };
        try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            Class<?> packed = loader.loadClass(Site.class.getName());
            assertNotEquals(Site.class, packed);
            Object there = packed.getConstructor().newInstance();
            assertEquals(site.paths(), packed.getMethod("paths").invoke(there));
            Object file = packed.getMethod("find", String.class).invoke(there, "common/base.css");
            assertEquals(
                    site.find("common/base.css").etag(),
                    file.getClass().getMethod("etag").invoke(file));
        }
    }

    private static URL jarOf(String resource) throws IOException {
        URL url = Site.class.getClassLoader().getResource(resource);
        return ((JarURLConnection) url.openConnection()).getJarFileURL();
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(folder.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
        }
    }
}
