package dev.hearsay.tidy;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import dev.hearsay.tidy.Repository.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A Java file as the compiler's parser sees it: no guessing where a method ends. */
final class JavaFile {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;

    private JavaFile(CompilationUnitTree unit, SourcePositions positions) {
        this.unit = unit;
        this.positions = positions;
    }

    static JavaFile parse(TextFile file) {
        SimpleJavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///" + file.path()), SimpleJavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return file.content();
                    }
                };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavacTask task = (JavacTask)
                compiler.getTask(null, null, diagnostic -> {}, List.of("-proc:none"), null, List.of(source));
        try {
            return new JavaFile(
                    task.parse().iterator().next(), Trees.instance(task).getSourcePositions());
        } catch (IOException e) {
            throw new UncheckedIOException(file.path(), e);
        }
    }

    CompilationUnitTree unit() {
        return unit;
    }

    /** The line, from 1, on which the tree begins. */
    long line(Tree tree) {
        return unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
    }

    /** All methods, constructors and initializer blocks with their length, comments above them not counted. */
    List<Method> methods() {
        List<Method> methods = new ArrayList<>();
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void unused) {
                add(method, method.getName().toString());
                return super.visitMethod(method, unused);
            }

            @Override
            public Void visitBlock(BlockTree block, Void unused) {
                if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree) {
                    add(block, "<initializer>");
                }
                return super.visitBlock(block, unused);
            }

            private void add(Tree tree, String name) {
                long end = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree));
                methods.add(new Method(name, line(tree), end - line(tree) + 1));
            }
        }.scan(unit, null);
        return methods;
    }

    /**
     * A method.
     *
     * @param line where it begins, from 1
     * @param length in lines, its signature and its closing brace included
     */
    record Method(String name, long line, long length) {}
}
