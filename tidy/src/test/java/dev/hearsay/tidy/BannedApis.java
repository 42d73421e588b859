package dev.hearsay.tidy;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the protocol core and the simulator's engine must not touch, read from their bytecode: everything by which two
 * runs of one seed could differ, and what does not exist where this code also runs, in a browser.
 */
final class BannedApis {
    private static final String TIME =
            "time is an argument here (long now): a clock read inside makes a run unrepeatable";
    private static final String CHANCE =
            "chance comes from the node's own Prng: any other source makes a run unrepeatable, or is missing in the browser";
    private static final String OUTSIDE =
            "the core reaches the outside through its Outbox only: a driver owns sockets, files, threads and logs";
    private static final String ORDER =
            "its iteration order changes from one JVM start to the next, and with it the trace";
    private static final String IDENTITY =
            "an identity hash is different in every run, and so would be what depends on it";
    private static final String PLATFORM =
            "its last bits may differ between JVMs and processors: use StrictMath or integers";
    private static final String BROWSER =
            "reflection and services do not exist once this code is compiled for the browser";

    /** Types by name, and why not. */
    private static final List<Ban> TYPES = List.of(
            new Ban("java\\.net\\..*|java\\.nio\\.(channels|file)\\..*|java\\.io\\.(?!Serializable$).*", OUTSIDE),
            new Ban(
                    "java\\.util\\.concurrent\\.(?!ThreadLocalRandom$).*|java\\.lang\\.(Thread|ThreadLocal|ThreadGroup|Runtime"
                            + "|Process|ProcessBuilder)|java\\.util\\.Timer",
                    OUTSIDE + "; one caller at a time runs a node"),
            new Ban(
                    "java\\.util\\.logging\\..*|java\\.lang\\.System\\$Logger|org\\.(slf4j|apache)\\..*|ch\\.qos\\..*",
                    OUTSIDE),
            new Ban("java\\.time\\.(Clock|InstantSource)", TIME),
            new Ban(
                    "java\\.util\\.(Random|SplittableRandom)|java\\.util\\.random\\..*|java\\.security\\..*"
                            + "|java\\.util\\.concurrent\\.ThreadLocalRandom",
                    CHANCE),
            new Ban("java\\.util\\.(IdentityHashMap|WeakHashMap)|java\\.lang\\.ref\\..*", IDENTITY),
            new Ban(
                    "java\\.lang\\.reflect\\.(?!Array$).*|java\\.util\\.ServiceLoader|java\\.lang\\.ClassLoader",
                    BROWSER),
            new Ban(
                    "java\\.util\\.(Formatter|Locale)|java\\.text\\..*",
                    "formatting depends on the machine's locale and costs "
                            + "more than the protocol step around it: build text with a StringBuilder"));

    /** Methods as {@code owner#name}, and why not. */
    private static final List<Ban> METHODS = List.of(
            new Ban("java\\.lang\\.System#(nanoTime|currentTimeMillis)|java\\.time\\.\\w+#(now|systemDefault)", TIME),
            new Ban(
                    "java\\.lang\\.Math#random|java\\.lang\\.StrictMath#random|java\\.util\\.UUID#randomUUID"
                            + "|java\\.util\\.Collections#shuffle",
                    CHANCE),
            new Ban("java\\.lang\\.System#identityHashCode|java\\.lang\\.(Object|Enum)#hashCode", IDENTITY),
            new Ban(
                    "java\\.util\\.(Set|Map)#(of|copyOf|ofEntries|entry)|java\\.util\\.stream\\.Collectors#"
                            + "(toSet|toMap|groupingBy|partitioningBy|toUnmodifiableSet|toUnmodifiableMap)",
                    ORDER),
            new Ban(
                    "java\\.lang\\.Math#(log|log10|log1p|exp|expm1|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|cbrt"
                            + "|hypot)",
                    PLATFORM),
            new Ban(
                    ".*#parallelStream|java\\.util\\.stream\\.\\w+#parallel|java\\.util\\.Arrays#parallel.*",
                    "one thread runs a node, and the order of its steps is the trace"),
            new Ban("java\\.lang\\.System#(getenv|getProperty|getProperties|exit|load|loadLibrary|gc)", OUTSIDE),
            new Ban("java\\.lang\\.Class#(forName|newInstance|getMethod|getDeclared.*|getResource.*)", BROWSER),
            new Ban(
                    "java\\.lang\\.String#(format|formatted)",
                    "formatting depends on the machine's locale and costs more than "
                            + "the protocol step around it: build text with a StringBuilder"));

    private static final Set<String> PRINTED = Set.of("out", "err", "in");

    private BannedApis() {}

    /**
     * What of this is banned also where applications meet virtual time: they bring futures and executors, and the JUnit of their tests, but
     * a clock, a source of chance or an order of its own would still make two runs of a seed differ.
     */
    static List<String> checkFixture(Iterable<JavaClass> classes) {
        return check(classes).stream()
                .filter(problem ->
                        Stream.of(TIME, CHANCE, ORDER, IDENTITY, PLATFORM).anyMatch(problem::contains))
                .filter(problem -> !problem.contains(" uses java.time.Clock: "))
                .toList();
    }

    static List<String> check(Iterable<JavaClass> classes) {
        Set<String> problems = new LinkedHashSet<>();
        for (JavaClass type : classes) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target =
                        dependency.getTargetClass().getBaseComponentType().getName();
                TYPES.stream()
                        .filter(ban -> ban.test(target))
                        .forEach(ban -> problems.add(
                                place(type, dependency.getSourceCodeLocation().toString(), target, ban)));
            }
            calls(type).forEach(call -> {
                String target = call.getTargetOwner().getName() + "#" + call.getName();
                METHODS.stream()
                        .filter(ban -> ban.test(target))
                        .forEach(ban -> problems.add(
                                place(type, call.getSourceCodeLocation().toString(), target, ban)));
                if (call.getTarget() instanceof AccessTarget.FieldAccessTarget
                        && call.getTargetOwner().getName().equals("java.lang.System")
                        && PRINTED.contains(call.getName())) {
                    problems.add(place(type, call.getSourceCodeLocation().toString(), target, new Ban("", OUTSIDE)));
                }
            });
        }
        return new ArrayList<>(problems);
    }

    private static Stream<JavaAccess<?>> calls(JavaClass type) {
        return Stream.<Set<? extends JavaAccess<?>>>of(
                        type.getAccessesFromSelf(),
                        type.getMethodReferencesFromSelf(),
                        type.getConstructorReferencesFromSelf())
                .flatMap(Set::stream);
    }

    private static String place(JavaClass type, String location, String target, Ban ban) {
        return type.getName() + " " + location + " uses " + target.replace('#', '.') + ": " + ban.reason() + ".";
    }

    /**
     * Something that is not allowed.
     *
     * @param names a pattern of qualified names
     * @param reason for the one whose build just failed
     */
    private record Ban(Pattern names, String reason) implements Predicate<String> {
        Ban(String names, String reason) {
            this(Pattern.compile(names), reason);
        }

        @Override
        public boolean test(String name) {
            return names.matcher(name).matches();
        }
    }
}
