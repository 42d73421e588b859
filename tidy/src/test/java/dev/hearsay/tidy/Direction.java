package dev.hearsay.tidy;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who may use whom: between modules, and between the packages of the core. */
final class Direction {
    /** A module, and those it may use. ARCHITECTURE.md draws the same picture; nothing uses what stands under "any". */
    static final Map<String, Set<String>> MODULES = modules();

    /**
     * The components of the core, each allowed to use those before it. They share the vocabulary in {@code dev.hearsay.core};
     * only the façade there, {@code Node}, knows them all.
     */
    static final List<String> COMPONENTS =
            List.of("membership", "dissemination", "coordinate", "detector", "event", "query", "state", "sync");

    static final String CORE = "dev.hearsay.core";

    private static final String FACADE = CORE + ".Node";

    private Direction() {}

    private static Map<String, Set<String>> modules() {
        Map<String, Set<String>> allowed = new LinkedHashMap<>();
        allowed.put("core", Set.of());
        allowed.put("wire", Set.of("core"));
        allowed.put("api", Set.of("core", "wire"));
        allowed.put("net", Set.of("core", "wire", "api"));
        allowed.put("sim", Set.of("core", "wire", "api"));
        allowed.put("experiment", Set.of("core", "wire", "api", "sim"));
        allowed.put("sim-spark", Set.of("core", "wire", "api", "sim", "experiment"));
        allowed.put("web", Set.of("core", "wire", "api", "sim"));
        allowed.put("agent", Set.of("core", "wire", "api", "net", "sim", "experiment", "web"));
        allowed.put("browser", Set.of("core", "wire", "api", "net", "sim", "experiment", "web", "agent"));
        allowed.put("fuzz", Set.of("core", "wire", "api", "net", "sim", "experiment", "web", "agent"));
        allowed.put("examples/embedded", Set.of("core", "wire", "api", "net"));
        allowed.put("examples/alertmanager-peer", Set.of("core", "wire", "api", "net"));
        allowed.put("examples/rolling-deploy", Set.of("core", "wire", "api", "net"));
        allowed.put("examples/work-claim", Set.of("core", "wire", "api", "net", "sim"));
        allowed.put("examples/feature-flags", Set.of("core", "wire", "api", "net"));
        allowed.put(
                "bench",
                Set.of("core", "wire", "api", "net", "sim", "experiment", "web", "agent", "examples/embedded"));
        allowed.put(
                "tidy",
                Set.of(
                        "core",
                        "wire",
                        "api",
                        "net",
                        "sim",
                        "experiment",
                        "sim-spark",
                        "web",
                        "agent",
                        "examples/embedded",
                        "examples/alertmanager-peer",
                        "examples/rolling-deploy",
                        "examples/work-claim",
                        "examples/feature-flags",
                        "bench"));
        return allowed;
    }

    /** Checks what the classes of each module use. */
    static List<String> betweenModules(Map<String, ? extends Iterable<JavaClass>> classesByModule) {
        List<String> problems = new ArrayList<>();
        Map<String, String> homes = new TreeMap<>();
        classesByModule.forEach((module, classes) -> classes.forEach(c -> homes.put(c.getName(), module)));
        classesByModule.forEach((module, classes) -> {
            Set<String> allowed = MODULES.get(module);
            if (allowed == null) {
                problems.add("module " + module
                        + " is not in the table of directions: say there what it may use, and draw it "
                        + "in ARCHITECTURE.md.");
                return;
            }
            Set<String> seen = new LinkedHashSet<>();
            for (JavaClass type : classes) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String target =
                            dependency.getTargetClass().getBaseComponentType().getName();
                    String home = homes.getOrDefault(target, module);
                    if (!home.equals(module) && !allowed.contains(home) && seen.add(type.getName() + target)) {
                        problems.add(type.getName() + " (" + module + ") uses " + target + " (" + home + "): "
                                + why(module, home));
                    }
                }
            }
        });
        return problems;
    }

    private static String why(String module, String home) {
        if (module.equals("core")) {
            return "the core depends on nothing, so that any driver can run it; give it what it needs as an argument.";
        }
        if (Set.of("net", "sim").equals(Set.of(module, home))) {
            return "the two drivers never meet: both stand on core.Outbox and api.Cluster, and what they share belongs below.";
        }
        return module + " may use only " + MODULES.get(module)
                + "; turn the dependency round, or move what both need down.";
    }

    /** Checks that the core's components use each other in one direction. */
    static List<String> insideCore(Iterable<JavaClass> classes) {
        List<String> problems = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (JavaClass type : classes) {
            String from = component(type.getPackageName());
            if (from.isEmpty()) {
                continue;
            }
            if (!COMPONENTS.contains(from)) {
                if (seen.add(from)) {
                    problems.add("package " + type.getPackageName() + " is not in the order of components " + COMPONENTS
                            + ": say there whom it may use.");
                }
                continue;
            }
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                String to = component(target.getPackageName());
                boolean upward = COMPONENTS.indexOf(to) > COMPONENTS.indexOf(from);
                boolean facade = target.getName().equals(FACADE);
                if ((upward || facade) && seen.add(type.getName() + target.getName())) {
                    problems.add(type.getName() + " uses " + target.getName()
                            + ": components call each other in one direction, "
                            + COMPONENTS
                            + ", each using those before it, and never the façade. The way back is an interface that "
                            + "the lower component declares (as Rumors and Gossip are), so that each can be read, and tested, "
                            + "without those above it.");
                }
            }
        }
        return problems;
    }

    /** The first package below the core's own, or empty for the vocabulary itself and for everything elsewhere. */
    private static String component(String packageName) {
        if (!packageName.startsWith(CORE + ".")) {
            return "";
        }
        String rest = packageName.substring(CORE.length() + 1);
        return rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
    }
}
