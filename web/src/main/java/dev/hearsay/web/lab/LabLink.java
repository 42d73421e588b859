package dev.hearsay.web.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What follows the {@code #} of a link: {@code protocol=push&n=1000&fanout=3&seed=7&do=2500:crash:17.20-25,4000:heal}. For people to read: names are those of
 * the settings, an action is when, what and to whom or how much.
 */
final class LabLink {
    /** Longest link that is read, in characters: about what browsers and messengers let through. */
    static final int MOST_CHARS = 8000;

    /** Most actions that are read. */
    static final int MOST_ACTIONS = 200;

    /** Most problems that are told; whoever writes nonsense does not need more. */
    static final int MOST_PROBLEMS = 20;

    private static final String ACTIONS = "do";

    private LabLink() {}

    /** What a link says. */
    record Parsed(LabSettings settings, List<LabAction> actions, List<String> problems) {
        String json() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("settings", settings.toMap());
            map.put("actions", actions.stream().map(LabAction::toMap).toList());
            map.put("problems", problems);
            return Json.of(map);
        }
    }

    /** Reads a link, with or without its {@code #}. Never fails: what is nonsense gets its usual value, and a problem says so. */
    static Parsed parse(String link) {
        List<String> problems = new ArrayList<>();
        String text = link.startsWith("#") ? link.substring(1) : link;
        if (text.length() > MOST_CHARS) {
            problems.add("the link has " + text.length() + " characters: only the first " + MOST_CHARS + " are read");
            text = text.substring(0, MOST_CHARS);
        }
        Map<String, Object> said = new LinkedHashMap<>();
        String deeds = "";
        for (String part : parts(text, '&')) {
            int equals = part.indexOf('=');
            String name = decoded(equals < 0 ? part : part.substring(0, equals));
            String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
            if (name.equals(ACTIONS)) {
                deeds = value;
            } else if (!name.isEmpty()) {
                said.put(name, value);
            }
        }
        LabSettings settings = LabSettings.of(said, problems);
        List<LabAction> actions = actions(deeds, settings.nodes(), problems);
        if (problems.size() > MOST_PROBLEMS) {
            int more = problems.size() - MOST_PROBLEMS;
            problems.subList(MOST_PROBLEMS, problems.size()).clear();
            problems.add("and " + more + " more");
        }
        return new Parsed(settings, actions, problems);
    }

    private static List<LabAction> actions(String text, int nodes, List<String> problems) {
        List<LabAction> actions = new ArrayList<>();
        List<String> all = text.isEmpty() ? List.of() : parts(text, ',');
        for (int i = 0; i < all.size(); i++) {
            if (i == MOST_ACTIONS) {
                problems.add(
                        "do: " + all.size() + " actions are too many: only the first " + MOST_ACTIONS + " are read");
                break;
            }
            try {
                LabAction action = action(all.get(i), nodes);
                action.check(nodes);
                actions.add(action);
            } catch (IllegalArgumentException e) {
                problems.add("do '" + Json.shortened(all.get(i)) + "': " + Objects.requireNonNull(e.getMessage()));
            }
        }
        actions.sort((one, other) -> Double.compare(one.at(), other.at()));
        return actions;
    }

    private static LabAction action(String text, int nodes) {
        List<String> parts = parts(text, ':');
        if (parts.size() < 2 || parts.size() > 3) {
            throw new IllegalArgumentException("must be time:what or time:what:whom");
        }
        LabAction.Deed deed = LabAction.deed(parts.get(1));
        String rest = parts.size() == 3 ? parts.get(2) : "";
        double value = deed == LabAction.Deed.LOSS ? number("loss", rest) : 0;
        return new LabAction(
                number("at", parts.get(0)), deed, deed.meansNodes() ? nodes(rest, nodes) : List.of(), value);
    }

    /** {@code 17.20-25}: the 17th, and the 20th to the 25th. */
    private static List<Integer> nodes(String text, int all) {
        List<Integer> nodes = new ArrayList<>();
        for (String part : parts(text, '.')) {
            int dash = part.indexOf('-');
            double first = number("nodes", dash < 0 ? part : part.substring(0, dash));
            double last = dash < 0 ? first : number("nodes", part.substring(dash + 1));
            if (!(first >= 0 && first <= last && last < all && Numbers.whole(first) && Numbers.whole(last))) {
                throw new IllegalArgumentException(
                        "nodes '" + Json.shortened(part) + "': the nodes are 0 to " + (all - 1));
            }
            for (int node = (int) first; node <= last && nodes.size() < all; node++) {
                nodes.add(node);
            }
        }
        return nodes;
    }

    /** What stands between the signs; nothing behind the last. Regular expressions would be a tenth of the engine. */
    private static List<String> parts(String text, char sign) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int to = text.indexOf(sign); to >= 0; to = text.indexOf(sign, from)) {
            parts.add(text.substring(from, to));
            from = to + 1;
        }
        if (from < text.length() || parts.isEmpty()) {
            parts.add(text.substring(from));
        }
        return parts;
    }

    private static double number(String what, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + " '" + Json.shortened(text) + "': must be a number");
        }
    }

    /** The text with what a messenger has escaped. What is not escaped well stays as it is. */
    private static String decoded(String text) {
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            int code = -1;
            if (text.charAt(i) == '%' && i + 2 < text.length()) {
                code = Character.digit(text.charAt(i + 1), 16) * 16 + Character.digit(text.charAt(i + 2), 16);
            }
            boolean plain = code >= ' ' && code < 127;
            decoded.append(plain ? (char) code : text.charAt(i));
            i += plain ? 2 : 0;
        }
        return decoded.toString();
    }

    // ---- writing

    /** The link that says this, without its {@code #}. */
    static String of(LabSettings settings, List<LabAction> actions) {
        StringBuilder link = new StringBuilder("protocol=").append(settings.protocol().text);
        for (LabField field : settings.fields()) {
            link.append('&').append(field.name()).append('=').append(Numbers.text(settings.number(field.name())));
        }
        String between = "&do=";
        for (LabAction action : actions) {
            link.append(between).append(Numbers.text(action.at())).append(':').append(action.deed().text);
            if (action.deed().meansNodes()) {
                link.append(':').append(ranges(action.nodes(), "-", "."));
            } else if (action.deed() == LabAction.Deed.LOSS) {
                link.append(':').append(Numbers.text(action.value()));
            }
            between = ",";
        }
        return link.toString();
    }

    /** The numbers in their order, those that follow each other as a range. */
    static String ranges(List<Integer> nodes, String to, String between) {
        List<Integer> sorted = nodes.stream().sorted().distinct().toList();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sorted.size(); i++) {
            int first = i;
            while (i + 1 < sorted.size() && sorted.get(i + 1) == sorted.get(i) + 1) {
                i++;
            }
            text.append(text.length() == 0 ? "" : between).append(sorted.get(first));
            text.append(i > first ? to + sorted.get(i) : "");
        }
        return text.toString();
    }
}
