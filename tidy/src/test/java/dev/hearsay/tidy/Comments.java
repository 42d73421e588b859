package dev.hearsay.tidy;

import dev.hearsay.tidy.Repository.TextFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must be written down (what a package is for), and what must not (plans without an owner, one person's paths). */
final class Comments {
    private static final Pattern OPEN_POINT = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b(\\(#\\d+\\))?");
    private static final Pattern WORKPLACE = Pattern.compile(
            "(?<![\\w.$}/])/(?:work|root|home/\\w+|Users/\\w+)/|\\bC:\\\\Users|\\blocalhost:\\d+/repository"
                    + "|https?://[\\w.-]*(?:artifactory|nexus|verdaccio|\\.internal|\\.corp|\\.local)\\b");

    private Comments() {}

    /** Every package of main code has a package-info.java with a comment and with {@code @NullMarked}. */
    static List<String> packages(List<TextFile> mainFiles) {
        Set<String> packages = new LinkedHashSet<>();
        Set<String> described = new LinkedHashSet<>();
        List<String> problems = new ArrayList<>();
        for (TextFile file : mainFiles) {
            String folder = file.path().substring(0, file.path().lastIndexOf('/'));
            packages.add(folder);
            if (file.name().equals("package-info.java")) {
                described.add(folder);
                if (!file.content().stripLeading().startsWith("/**")) {
                    problems.add(
                            file.path() + " has no comment: it is the first thing a reader opens, and it says what the "
                                    + "package is for and where to begin.");
                }
                if (!file.content().contains("@NullMarked")) {
                    problems.add(
                            file.path() + " lacks @NullMarked: without it NullAway and every caller must guess what "
                                    + "may be null.");
                }
            }
        }
        packages.removeAll(described);
        for (String folder : packages) {
            problems.add(folder
                    + " has no package-info.java: a package without a stated purpose collects what has no place.");
        }
        return problems;
    }

    /** An open point names the issue that will close it. */
    static List<String> openPoints(List<TextFile> files) {
        List<String> problems = new ArrayList<>();
        for (TextFile file : files) {
            List<String> lines = file.lines();
            for (int i = 0; i < lines.size(); i++) {
                Matcher matcher = OPEN_POINT.matcher(lines.get(i));
                while (matcher.find()) {
                    if (matcher.group(2) == null) {
                        problems.add(file.path() + ":" + (i + 1) + " has an orphan " + matcher.group(1)
                                + ": nobody comes back for it. Do it, or open an issue and name it: " + matcher.group(1)
                                + "(#12).");
                    }
                }
            }
        }
        return problems;
    }

    /** Nothing names a place that exists on one machine only. */
    static List<String> workplaces(List<TextFile> files) {
        List<String> problems = new ArrayList<>();
        for (TextFile file : files) {
            List<String> lines = file.lines();
            for (int i = 0; i < lines.size(); i++) {
                Matcher matcher = WORKPLACE.matcher(lines.get(i));
                if (matcher.find()) {
                    problems.add(file.path() + ":" + (i + 1) + " names "
                            + matcher.group().strip()
                            + ": such a path or host exists where it was written, not where it is read.");
                }
            }
        }
        return problems;
    }

    /** Tabs and trailing blanks, which the formatter sees in Java only. */
    static List<String> blanks(List<TextFile> files) {
        List<String> problems = new ArrayList<>();
        for (TextFile file : files) {
            List<String> lines = file.lines();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).indexOf('\t') >= 0) {
                    problems.add(file.path() + ":" + (i + 1)
                            + " has a tab: it is as wide as each editor likes. Use blanks.");
                } else if (!lines.get(i).equals(lines.get(i).stripTrailing())) {
                    problems.add(file.path() + ":" + (i + 1) + " ends in blanks: nobody sees them but the diff.");
                }
            }
        }
        return problems;
    }
}
