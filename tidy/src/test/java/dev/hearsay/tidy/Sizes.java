package dev.hearsay.tidy;

import dev.hearsay.tidy.JavaFile.Method;
import dev.hearsay.tidy.Repository.TextFile;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Files of at most 400 lines, methods of at most 60; what exceeds them is listed by name, and that list only shrinks. */
final class Sizes {
    static final int MAX_FILE_LINES = 400;
    static final int MAX_METHOD_LINES = 60;

    private static final String WHY_FILE =
            ": a file is what one can hold in the head. Move a responsibility that has a name of its own to its own file.";
    private static final String WHY_METHOD =
            ": a method is what one can see at once. Give its steps names and make them methods.";

    private Sizes() {}

    /**
     * Checks the lengths.
     *
     * @param listed names of files, and of methods as {@code path#method}, whose excess is known
     */
    static List<String> check(List<TextFile> files, List<String> listed) {
        List<String> problems = new ArrayList<>();
        Set<String> unused = new LinkedHashSet<>(listed);
        for (TextFile file : files) {
            int lines = file.lines().size();
            if (lines > MAX_FILE_LINES && !unused.remove(file.path())) {
                problems.add(file.path() + " has " + lines + " lines, at most " + MAX_FILE_LINES + " are allowed"
                        + WHY_FILE);
            }
            for (Method method : JavaFile.parse(file).methods()) {
                String name = file.path() + "#" + method.name();
                if (method.length() > MAX_METHOD_LINES && !listed.contains(name)) {
                    problems.add(file.path() + ":" + method.line() + " method " + method.name() + " has "
                            + method.length() + " lines, at most " + MAX_METHOD_LINES + " are allowed" + WHY_METHOD);
                } else if (method.length() > MAX_METHOD_LINES) {
                    unused.remove(name);
                }
            }
        }
        for (String entry : unused) {
            problems.add(
                    "excess.txt lists " + entry + ", which is within the limits now or gone: strike it from the list, "
                            + "which only shrinks, so that the excess cannot come back.");
        }
        return problems;
    }
}
