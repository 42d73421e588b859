package dev.hearsay.bench.state;

import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers given to a benchmark as {@code --name NUMBER}. */
final class Options {
    private final String bench;
    private final String about;
    private final Map<String, Integer> values = new LinkedHashMap<>();
    private final StringBuilder lines = new StringBuilder();

    Options(String bench, String about) {
        this.bench = bench;
        this.about = about;
    }

    /** There is an option of that name, with that value unless told otherwise. */
    Options option(String name, int value, String meaning) {
        values.put("--" + name, value);
        lines.append(String.format("  %-12s %s (%d)%n", "--" + name, meaning, value));
        return this;
    }

    /** Takes what was given; if that cannot be understood, or help is asked for, prints the usage and exits. */
    Options parse(String[] args) {
        for (int i = 0; i < args.length; i += 2) {
            String given = i + 1 < args.length ? args[i + 1] : "";
            if (!values.containsKey(args[i]) || !given.matches("[0-9]{1,9}")) {
                boolean asked = args[i].equals("--help") || args[i].equals("-h");
                if (!asked) {
                    System.out.println(
                            "cannot understand '" + args[i] + " " + given + "': must be an option and a number");
                }
                System.out.println("usage: bench/run " + bench + " [OPTIONS]   " + about);
                System.out.print(lines);
                System.exit(asked ? 0 : 2);
            }
            values.put(args[i], Integer.parseInt(given));
        }
        return this;
    }

    /** The number for that option. */
    int get(String name) {
        Integer value = values.get("--" + name);
        if (value == null) {
            throw new IllegalArgumentException("there is no option " + name);
        }
        return value;
    }
}
