package dev.hearsay.experiment.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Places in a scenario file: keys, and numbers of items of a list, from the top down. */
final class Paths {
    private Paths() {}

    /** One place. */
    record Path(List<Object> steps) {
        Object last() {
            return steps.get(steps.size() - 1);
        }

        Path to(Object step) {
            List<Object> longer = new ArrayList<>(steps);
            longer.add(step);
            return new Path(List.copyOf(longer));
        }

        /** Whether it is below that key at the top. */
        boolean in(String key) {
            return steps.get(0).equals(key);
        }

        @Override
        public String toString() {
            return String.join(".", steps.stream().map(String::valueOf).toList());
        }
    }

    /** All places, those near the top first; of a list, the later items first, so that they can go one after the other. */
    static List<Path> all(Map<String, Object> root) {
        Map<Path, Object> found = new LinkedHashMap<>();
        List<Path> level = List.of(new Path(List.of()));
        found.put(level.get(0), root);
        while (!level.isEmpty()) {
            List<Path> below = new ArrayList<>();
            for (Path path : level) {
                Object value = found.get(path);
                if (value instanceof Map<?, ?> map) {
                    map.forEach((key, each) -> put(path.to(key), each, found, below));
                } else if (value instanceof List<?> list) {
                    for (int i = list.size() - 1; i >= 0; i--) {
                        put(path.to(i), list.get(i), found, below);
                    }
                }
            }
            level = below;
        }
        List<Path> paths = new ArrayList<>(found.keySet());
        paths.remove(0);
        return paths;
    }

    private static void put(Path path, @Nullable Object value, Map<Path, Object> found, List<Path> below) {
        if (value != null) {
            found.put(path, value);
            below.add(path);
        }
    }

    /** What stands there; null if nothing. */
    static @Nullable Object get(Map<String, Object> root, Path path) {
        return at(root, path.steps);
    }

    private static @Nullable Object at(Object from, List<Object> steps) {
        Object at = from;
        for (Object step : steps) {
            if (at instanceof Map<?, ?> map && step instanceof String) {
                at = map.get(step);
            } else if (at instanceof List<?> list && step instanceof Integer index && index < list.size()) {
                at = list.get(index);
            } else {
                return null;
            }
        }
        return at;
    }

    /** Takes away what stands there; mappings and lists that are empty then go, too. */
    static void remove(Map<String, Object> root, Path path) {
        List<Object> above = path.steps.subList(0, path.steps.size() - 1);
        Object parent = at(root, above);
        boolean empty = false;
        if (parent instanceof Map<?, ?> map) {
            map.remove(path.last());
            empty = map.isEmpty();
        } else if (parent instanceof List<?> list && path.last() instanceof Integer index && index < list.size()) {
            list.remove(index.intValue());
            empty = list.isEmpty();
        }
        if (empty && !above.isEmpty()) {
            remove(root, new Path(above));
        }
    }

    /** Puts a text there, where one stands already. */
    @SuppressWarnings("unchecked")
    static void replace(Map<String, Object> root, Path path, String text) {
        Object parent = at(root, path.steps.subList(0, path.steps.size() - 1));
        if (parent instanceof Map<?, ?> map) {
            ((Map<String, Object>) map).put((String) path.last(), text);
        } else if (parent instanceof List<?> list && path.last() instanceof Integer index) {
            ((List<Object>) list).set(index, text);
        }
    }
}
