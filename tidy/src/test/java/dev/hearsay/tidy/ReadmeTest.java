package dev.hearsay.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first code a newcomer copies compiles, with nothing but the imports that an editor would add. */
class ReadmeTest {
    @TempDir
    Path folder;

    @Test
    void theExampleInTheReadmeCompiles() {
        String example = Documents.firstBlock(Repository.here().read("README.md"), "java")
                .orElseThrow();
        assertEquals("", errors(example), "README.md promises what the compiler refuses");
    }

    @Test
    void anExampleThatDoesNotCompileIsFound() {
        assertTrue(errors("Cluster cluster = Hearsay.build" + "Me();").contains("cannot find symbol"));
    }

    private String errors(String statements) {
        String program = "import dev.hearsay.*;\nimport dev.hearsay.api.*;\n\nclass Example {\n"
                + "    public static void main(String[] args) throws Exception {\n" + statements + "    }\n}\n";
        SimpleJavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Example.java"), SimpleJavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return program;
                    }
                };
        List<String> options =
                List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
        StringWriter errors = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(errors, null, null, options, null, List.of(source))
                .call();
        return compiled ? "" : errors.toString();
    }
}
