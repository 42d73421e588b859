package dev.hearsay.experiment.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes a scenario file so that it has fewer members: whoever is gone, the last one stands in for. */
final class FewerMembers {
    private static final Pattern NAME = Pattern.compile("\\bn([0-9]+)\\b");
    private static final Pattern RANDOM = Pattern.compile("\\brandom ([0-9]+)\\b");

    private FewerMembers() {}

    static void change(Map<String, Object> root, int members) {
        Map<String, Object> cluster = ScenarioTree.section(root, "cluster");
        int before = Integer.parseInt(String.valueOf(cluster.get("members")));
        cluster.put("members", members + "");
        if (cluster.containsKey("zones")) {
            zones(ScenarioTree.section(cluster, "zones"), before, members);
        }
        UnaryOperator<String> renamed = text -> clamp(RANDOM, clamp(NAME, text, members - 1), members);
        for (String key : List.of("faults", "workload")) {
            if (root.containsKey(key)) {
                root.put(key, mapped(root.get(key), renamed));
            }
        }
        if (cluster.get("watch") instanceof String watched) {
            cluster.put("watch", renamed.apply(watched));
        }
    }

    /** Each keeps its share, but one member at least. */
    private static void zones(Map<String, Object> zones, int before, int members) {
        int left = members;
        List<String> names = new ArrayList<>(zones.keySet());
        for (int i = 0; i < names.size(); i++) {
            int rest = names.size() - 1 - i;
            int size = Integer.parseInt(String.valueOf(zones.get(names.get(i)))) * members / before;
            int kept = rest == 0 ? left : Math.max(1, Math.min(size, left - rest));
            zones.put(names.get(i), kept + "");
            left -= kept;
        }
    }

    private static String clamp(Pattern number, String text, int most) {
        return number.matcher(text).replaceAll(match -> {
            String digits = match.group(1);
            int kept = Math.min(most, Integer.parseInt(digits));
            return Matcher.quoteReplacement(match.group().replace(digits, kept + ""));
        });
    }

    private static Object mapped(Object value, UnaryOperator<String> change) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new java.util.LinkedHashMap<>();
            map.forEach((key, each) -> copy.put((String) key, mapped(each, change)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(each -> copy.add(mapped(each, change)));
            return copy;
        }
        return change.apply((String) value);
    }
}
