package dev.hearsay.experiment.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a list smaller while it still does something: ddmin (Zeller and Hildebrandt, Simplifying and Isolating Failure-Inducing
 * Input, IEEE TSE 28(2), 2002, section 3.2). In the end no single item can be taken away.
 */
final class Ddmin {
    private Ddmin() {}

    /**
     * A part of the items that still fails, in their order.
     *
     * @param fails is asked for parts; it need not be asked for the whole, which fails
     */
    static <T> List<T> minimum(List<T> items, Predicate<List<T>> fails) {
        List<T> left = items;
        int parts = 2;
        while (!left.isEmpty()) {
            List<T> smaller = smaller(left, parts, fails);
            if (smaller.size() < left.size()) {
                boolean isPart = smaller.size() <= (left.size() + parts - 1) / parts;
                parts = isPart ? 2 : Math.max(2, parts - 1);
                left = smaller;
            } else if (parts >= left.size()) {
                return left;
            } else {
                parts = Math.min(left.size(), parts * 2);
            }
        }
        return left;
    }

    /** One of so many parts, or all but one, whichever fails first; the whole if none does. */
    private static <T> List<T> smaller(List<T> items, int parts, Predicate<List<T>> fails) {
        if (items.size() == 1) {
            return fails.test(List.of()) ? List.of() : items;
        }
        for (int part = 0; part < parts; part++) {
            List<T> one = items.subList(begin(items, part, parts), begin(items, part + 1, parts));
            if (fails.test(one)) {
                return List.copyOf(one);
            }
        }
        for (int part = 0; parts > 2 && part < parts; part++) {
            List<T> rest = new ArrayList<>(items);
            rest.subList(begin(items, part, parts), begin(items, part + 1, parts))
                    .clear();
            if (fails.test(rest)) {
                return List.copyOf(rest);
            }
        }
        return items;
    }

    private static int begin(List<?> items, int part, int parts) {
        return (int) ((long) items.size() * part / parts);
    }
}
