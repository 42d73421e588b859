package dev.hearsay.wire;

import dev.hearsay.core.Versions;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** In which fields two messages differ, by the names of our records: {@code Ping.sequence}. */
final class Changes {
    private Changes() {}

    static Set<String> between(Object before, Object after) {
        Set<String> changes = new TreeSet<>();
        compare(before.getClass().getSimpleName(), before, after, changes);
        return changes;
    }

    private static void compare(String name, @Nullable Object before, @Nullable Object after, Set<String> changes) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before == null || after == null) {
            changes.add(name + (after == null ? " lost" : " new"));
        } else if (before instanceof List<?> first && after instanceof List<?> second) {
            elements(name, first, second, changes);
        } else if (before.getClass() != after.getClass()) {
            changes.add(kind(before) + " becomes " + kind(after));
        } else if (before instanceof Record && !(before instanceof Versions)) {
            for (RecordComponent component : before.getClass().getRecordComponents()) {
                String field = kind(before) + "." + component.getName();
                compare(field, get(component, before), get(component, after), changes);
            }
        } else {
            changes.add(name);
        }
    }

    private static void elements(String name, List<?> before, List<?> after, Set<String> changes) {
        if (before.size() != after.size()) {
            changes.add(name + (after.size() < before.size() ? " fewer" : " more"));
            return;
        }
        for (int i = 0; i < before.size(); i++) {
            compare(name, before.get(i), after.get(i), changes);
        }
    }

    private static String kind(Object value) {
        return value.getClass().getSimpleName();
    }

    private static @Nullable Object get(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record hides its parts", e);
        }
    }
}
