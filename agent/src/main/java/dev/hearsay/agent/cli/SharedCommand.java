package dev.hearsay.agent.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command about shared state: its first word says what to do, the others with what. */
abstract class SharedCommand extends ClientCommand {
    /**
     * What can be done.
     *
     * @param name the first word
     * @param words the others; those in brackets may be left out
     * @param doing for the error line
     */
    record Verb(String name, List<String> words, String doing) {
        static Verb of(String name, String words, String doing) {
            return new Verb(name, words.isEmpty() ? List.of() : List.of(words.split(" ")), doing);
        }

        /** Whether the last word is a value. */
        boolean takesValue() {
            return words.contains("VALUE") || words.contains("ELEMENT");
        }

        /** The words that may be left out come last. */
        int optional() {
            return (int) words.stream().filter(word -> word.startsWith("[")).count();
        }
    }

    @Option(names = "-format", order = 10, paramLabel = "text|json", description = "How to print. Default: text.")
    private String format = "text";

    private final String name;
    private final List<Verb> verbs;
    boolean json;
    private Verb verb = Verb.of("", "", "");
    private List<String> args = List.of();

    /**
     * Makes a command.
     *
     * @param name of the command
     * @param verbs what it can do
     */
    SharedCommand(String name, List<Verb> verbs, PrintStream out, PrintStream err) {
        super(out, err);
        this.name = name;
        this.verbs = verbs;
    }

    /** What the user wrote. */
    abstract List<String> words();

    /** What is meant when the first word is none of the verbs; null for a mistake. */
    @Nullable String implied() {
        return null;
    }

    /** Whether a flag has the value, so that it is not among the words. */
    boolean valueByFlag() {
        return false;
    }

    /** Checks the flags and the words behind the first, before there is an agent. */
    void read() throws UsageException {}

    /** What is to be done: the name of a verb. */
    final String verb() {
        return verb.name();
    }

    /** A word behind the first, from 0; empty if it was left out. */
    final String arg(int at) {
        return at < args.size() ? args.get(at) : "";
    }

    @Override
    final void check() throws UsageException {
        json = Values.json(format);
        List<String> words = words();
        String first = words.isEmpty() ? "" : words.get(0);
        Verb written = find(first);
        Verb meant = written == null && !words.isEmpty() ? find(implied()) : written;
        if (meant == null) {
            String all = verbs.stream().map(Verb::name).collect(Collectors.joining(", "));
            throw new UsageException(
                    first.isEmpty()
                            ? "what to do must be given: " + all
                            : "there is no '" + name + " " + first + "': " + all);
        }
        verb = meant;
        args = written == null ? words : words.subList(1, words.size());
        refuseOtherCount(meant);
        read();
    }

    private void refuseOtherCount(Verb meant) throws UsageException {
        int most = meant.words().size() - (valueByFlag() && meant.takesValue() ? 1 : 0);
        if (args.size() < most - meant.optional() || args.size() > most) {
            throw new UsageException("'" + name + " " + meant.name() + "' takes "
                    + (most == 0 ? "no words" : String.join(" ", meant.words().subList(0, most))) + ", not "
                    + args.size() + (args.size() == 1 ? " word" : " words")
                    + (args.size() > most && most > 0 ? "; quote one that has spaces" : ""));
        }
    }

    private @Nullable Verb find(@Nullable String name) {
        return verbs.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** For how long; for good if the flag was not given. */
    static Duration timeToLive(String ttl) throws UsageException {
        return ttl.isEmpty() ? Duration.ZERO : Values.duration("-ttl", ttl);
    }

    /** Refuses a flag that is given with a verb it does not belong to. */
    final void only(String flag, boolean given, String... verbs) throws UsageException {
        if (given && !List.of(verbs).contains(verb())) {
            throw new UsageException(
                    flag + " belongs to '" + name + " " + String.join("' and '" + name + " ", verbs) + "'");
        }
    }

    @Override
    final String doing() {
        return verb.doing();
    }

    /** Says that something is done. */
    final int done(String text) {
        return done(text, true);
    }

    /** Says that something is done, or that there was nothing to do: no error, as it is now as wanted. */
    final int done(String text, boolean changed) {
        if (json) {
            out.println(Json.show(Map.of("changed", changed)));
        } else if (changed) {
            out.println(text);
        }
        return 0;
    }

    /** Says that something was not there that is not there now. */
    final int gone(String text, boolean changed, String missing) {
        if (!changed && !json) {
            err.println("Warning: " + missing);
        }
        return done(text, changed);
    }

    /** Says that something is not there: for a script, the exit code. */
    final int missing(String text) {
        err.println(text);
        return 1;
    }
}
