package dev.hearsay.tidy;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import dev.hearsay.tidy.Repository.TextFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Hash containers serve look-up only where a trace must repeat: the order of a {@code HashMap} differs between this JVM
 * and the browser, and between two runs when a key hashes by identity, as every enum does.
 *
 * <p>Bytecode shows calls on {@code Map}, not what the map is; the source shows which variables began as a hash container.
 */
final class HashOrder {
    private static final Set<String> HASHED = Set.of("HashMap", "HashSet");
    private static final Set<String> ORDERED_READS = Set.of(
            "entrySet",
            "keySet",
            "values",
            "forEach",
            "iterator",
            "stream",
            "toArray",
            "removeIf",
            "replaceAll",
            "spliterator");

    private HashOrder() {}

    static List<String> check(List<TextFile> files) {
        List<String> problems = new ArrayList<>();
        for (TextFile file : files) {
            JavaFile java = JavaFile.parse(file);
            Set<String> hashed = new HashSet<>();
            new Declarations(hashed).scan(java.unit(), null);
            new Uses(file, java, hashed, problems).scan(java.unit(), null);
        }
        return problems;
    }

    private static String simpleName(Tree type) {
        Tree raw = type instanceof ParameterizedTypeTree parameterized ? parameterized.getType() : type;
        String text = raw.toString();
        return text.substring(text.lastIndexOf('.') + 1);
    }

    /** The name in {@code name} or {@code this.name}; otherwise empty. */
    private static String variable(ExpressionTree expression) {
        if (expression instanceof IdentifierTree identifier) {
            return identifier.getName().toString();
        }
        if (expression instanceof MemberSelectTree select
                && select.getExpression().toString().equals("this")) {
            return select.getIdentifier().toString();
        }
        return "";
    }

    private static final class Declarations extends TreeScanner<Void, Void> {
        private final Set<String> hashed;

        Declarations(Set<String> hashed) {
            this.hashed = hashed;
        }

        @Override
        public Void visitVariable(VariableTree variable, Void unused) {
            boolean made = variable.getInitializer() instanceof NewClassTree created
                    && HASHED.contains(simpleName(created.getIdentifier()));
            boolean typed = variable.getType() != null && HASHED.contains(simpleName(variable.getType()));
            if (made || typed) {
                hashed.add(variable.getName().toString());
            }
            return super.visitVariable(variable, unused);
        }

        @Override
        public Void visitAssignment(AssignmentTree assignment, Void unused) {
            if (assignment.getExpression() instanceof NewClassTree created
                    && HASHED.contains(simpleName(created.getIdentifier()))) {
                hashed.add(variable(assignment.getVariable()));
            }
            return super.visitAssignment(assignment, unused);
        }
    }

    private static final class Uses extends TreeScanner<Void, Void> {
        private final TextFile file;
        private final JavaFile java;
        private final Set<String> hashed;
        private final List<String> problems;

        Uses(TextFile file, JavaFile java, Set<String> hashed, List<String> problems) {
            this.file = file;
            this.java = java;
            this.hashed = hashed;
            this.problems = problems;
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree select, Void unused) {
            if (ORDERED_READS.contains(select.getIdentifier().toString())) {
                report(select, select.getExpression());
            }
            return super.visitMemberSelect(select, unused);
        }

        @Override
        public Void visitEnhancedForLoop(EnhancedForLoopTree loop, Void unused) {
            report(loop, loop.getExpression());
            return super.visitEnhancedForLoop(loop, unused);
        }

        private void report(Tree at, ExpressionTree container) {
            String name = variable(container);
            if (hashed.contains(name)) {
                problems.add(file.path() + ":" + java.line(at) + " goes through the hash container " + name
                        + ": its order differs in a browser and, for keys hashed by identity, in every run, so the same seed "
                        + "would give another trace. Use LinkedHashMap, LinkedHashSet or a list.");
            }
        }
    }
}
