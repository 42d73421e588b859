package dev.hearsay.tidy;

import dev.hearsay.tidy.Repository.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Documents that point at things which exist. */
final class Documents {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]*Test)\\.([a-z]\\w*)`");
    private static final Pattern DECISION = Pattern.compile("docs/decisions/(\\d{3})-[a-z0-9-]+\\.md");
    private static final List<String> HEADINGS = List.of("## Context", "## Choice", "## Rejected");

    private Documents() {}

    /** Relative links lead to files of the repository. */
    static List<String> links(Path root, List<TextFile> files) {
        List<String> problems = new ArrayList<>();
        for (TextFile file : files) {
            Matcher matcher = LINK.matcher(withoutFences(file.content()));
            while (matcher.find()) {
                String target = matcher.group(1).replaceFirst("#.*", "");
                boolean elsewhere = target.isEmpty() || target.contains("://") || target.startsWith("mailto:");
                Path folder = Optional.ofNullable(root.resolve(file.path()).getParent())
                        .orElse(root);
                if (!elsewhere && !Files.exists(folder.resolve(target))) {
                    problems.add(file.path() + " links to " + target
                            + ", which does not exist: a reader who follows it is lost.");
                }
            }
        }
        return problems;
    }

    /** A decision is numbered once and tells context, choice and what was rejected. */
    static List<String> decisions(List<TextFile> files) {
        List<String> problems = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        for (TextFile file : files) {
            if (!file.path().startsWith("docs/decisions/")) {
                continue;
            }
            Matcher name = DECISION.matcher(file.path());
            if (!name.matches()) {
                problems.add(file.path() + " is not named NNN-what-it-decides.md: the number is how others cite it.");
                continue;
            }
            if (numbers.contains(name.group(1))) {
                problems.add(file.path() + " takes number " + name.group(1)
                        + " a second time: a citation must mean one decision.");
            }
            numbers.add(name.group(1));
            for (String heading : HEADINGS) {
                if (file.lines().stream().noneMatch(line -> line.strip().equals(heading))) {
                    problems.add(file.path() + " has no heading \"" + heading + "\": without " + heading.substring(3)
                            + " the next one cannot tell whether the decision still holds.");
                }
            }
        }
        return problems;
    }

    /** ARCHITECTURE.md speaks of each module. */
    static List<String> modules(String architecture, List<String> modules) {
        return modules.stream()
                .filter(module -> !architecture.contains("`" + module + "`"))
                .map(module -> "ARCHITECTURE.md does not mention `" + module
                        + "`: a module nobody can place is a module " + "nobody dares to change.")
                .toList();
    }

    /** The types that a document's tables name exist. */
    static List<String> types(TextFile document, Set<String> known) {
        List<String> problems = new ArrayList<>();
        for (String line : document.lines()) {
            if (!line.startsWith("|")) {
                continue;
            }
            for (MatchResult code : CODE.matcher(line).results().toList()) {
                String first = code.group(1).split("[.#(]", 2)[0];
                if (TYPE.matcher(first).matches() && !known.contains(first)) {
                    problems.add(document.path() + " sends the reader to `" + code.group(1) + "`, but there is no "
                            + first + ": the table is only worth reading while it is true.");
                }
            }
        }
        return problems;
    }

    /** The tests that documents name as {@code SomeTest.some_sentence} exist. */
    static List<String> tests(List<TextFile> documents, List<TextFile> javaFiles) {
        Map<String, String> contents = new HashMap<>();
        javaFiles.forEach(file -> contents.put(file.name().replace(".java", ""), file.content()));
        List<String> problems = new ArrayList<>();
        for (TextFile document : documents) {
            for (MatchResult named : TEST.matcher(document.content()).results().toList()) {
                String content = contents.getOrDefault(named.group(1), "");
                if (!content.contains("void " + named.group(2) + "(")) {
                    problems.add(document.path() + " names the test " + named.group(1) + "." + named.group(2)
                            + ", which does not exist: its claim is unproven.");
                }
            }
        }
        return problems;
    }

    /** The content of the first fenced block in that language. */
    static Optional<String> firstBlock(String markdown, String language) {
        Matcher matcher =
                Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```").matcher(markdown);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String withoutFences(String markdown) {
        return Pattern.compile("(?ms)^```.*?^```").matcher(markdown).replaceAll("");
    }

    /** The names of all top-level types, by file. */
    static Set<String> typeNames(List<TextFile> javaFiles) {
        return javaFiles.stream().map(f -> f.name().replace(".java", "")).collect(Collectors.toSet());
    }
}
