package dev.hearsay.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The working tree under test: its modules and its text files. Found by walking up to the folder with {@code .mvn}. */
final class Repository {
    private static final Set<String> NOT_OURS = Set.of(".git", "target", "node_modules", ".idea", ".vscode");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    private final Path root;

    Repository(Path root) {
        this.root = root;
    }

    /** The repository these tests run in. */
    static Repository here() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = Optional.ofNullable(folder.getParent())
                    .orElseThrow(() -> new IllegalStateException(
                            "no folder with .mvn above " + Path.of("").toAbsolutePath()));
        }
        return new Repository(folder);
    }

    Path root() {
        return root;
    }

    /** The folders of the reactor's modules, in its order. */
    List<String> modules() {
        List<String> modules = new ArrayList<>();
        Matcher matcher = MODULE.matcher(read("pom.xml"));
        while (matcher.find()) {
            modules.add(matcher.group(1));
        }
        return modules;
    }

    /** The Java files of a module below {@code src/main/java} or {@code src/test/java}. */
    List<TextFile> java(String module, String sourceSet) {
        return files(root.resolve(module).resolve("src").resolve(sourceSet).resolve("java")).stream()
                .filter(f -> f.path().endsWith(".java"))
                .toList();
    }

    /** The Java files of all modules, tests included. */
    List<TextFile> allJava() {
        return text().stream().filter(f -> f.path().endsWith(".java")).toList();
    }

    /** Every text file that belongs to the repository; what is not UTF-8 (captured packets) is left out. */
    List<TextFile> text() {
        return files(root);
    }

    /** The content of a file, by its path from the root. */
    String read(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    private List<TextFile> files(Path folder) {
        List<TextFile> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attrs) {
                    boolean skip = NOT_OURS.contains(dir.getFileName().toString());
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attrs) throws IOException {
                    // In a linked worktree .git is a file; links lead outside.
                    if (attrs.isRegularFile() && !file.endsWith(".git")) {
                        try {
                            found.add(new TextFile(relative(file), Files.readString(file)));
                        } catch (CharacterCodingException binary) {
                            return FileVisitResult.CONTINUE;
                        }
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
        found.sort(Comparator.comparing(TextFile::path));
        return found;
    }

    private String relative(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    /**
     * A file and what is in it.
     *
     * @param path from the root, with slashes
     */
    record TextFile(String path, String content) {
        List<String> lines() {
            return content.lines().toList();
        }

        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }
}
