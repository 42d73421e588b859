package dev.hearsay.agent.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Rewrites arguments as Go's flag package understands them into what picocli does: one dash or two; a switch alone or with
 * {@code =true} or {@code =false}; a value after {@code =} or as the next argument, whatever that begins with. Unlike there, flags
 * may follow arguments, and a negative number is an argument.
 */
final class GoFlags {
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    private GoFlags() {}

    /** The arguments for that command. */
    static String[] rewrite(CommandLine line, String[] args) throws UsageException {
        List<String> out = new ArrayList<>();
        List<String> behind = new ArrayList<>();
        int i = 0;
        for (; i < args.length && !args[i].equals("--"); i++) {
            String arg = args[i];
            boolean negative = arg.matches("-[0-9]+");
            boolean flag = arg.length() > 1 && arg.startsWith("-") && !negative;
            if (!flag && line.isStopAtPositional()) {
                break;
            }
            if (negative || (!flag && !behind.isEmpty())) {
                // Behind a "--", where nothing is a flag, and so is what follows: the order stays.
                behind.add(arg);
                continue;
            }
            if (!flag) {
                out.add(arg);
                continue;
            }
            String single = arg.startsWith("--") ? arg.substring(1) : arg;
            int equals = single.indexOf('=');
            String name = equals < 0 ? single : single.substring(0, equals);
            String value = equals < 0 ? null : single.substring(equals + 1);
            OptionSpec option = line.getCommandSpec().optionsMap().get(name);
            if (option == null) {
                out.add(single);
            } else if (option.arity().min() == 0) {
                addSwitch(out, option, name, value);
            } else if (value == null && i + 1 < args.length) {
                i++;
                out.add(name + "=" + args[i]);
            } else {
                out.add(single);
            }
        }
        if (!behind.isEmpty()) {
            out.add("--");
            out.addAll(behind);
            i += i < args.length ? 1 : 0;
        }
        out.addAll(List.of(args).subList(i, args.length));
        return out.toArray(new String[0]);
    }

    /** A switch that is off by default knows only whether it is there; another one has a value. */
    private static void addSwitch(List<String> out, OptionSpec option, String name, @Nullable String value)
            throws UsageException {
        boolean on = value == null || TRUE.contains(value);
        if (value != null && !on && !FALSE.contains(value)) {
            throw UsageException.invalid(name, value, "must be true or false");
        }
        if (option.arity().max() > 0) {
            out.add(name + "=" + on);
        } else if (on) {
            out.add(name);
        }
    }
}
