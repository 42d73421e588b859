package dev.hearsay.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class TenNodesTest {
    /** A page loads the engine besides all else: 400 KB for everything is what the lab may take. */
    private static final int MOST_COMPRESSED_BYTES = 250_000;

    @Test
    void javascript_gives_the_same_trace_as_the_jvm() throws IOException, InterruptedException {
        assertEquals(TenNodes.story(10), EngineScript.run("console.log(engine.tenNodes());"));
    }

    @Test
    void the_script_makes_no_code_out_of_text_which_the_pages_policy_forbids() throws IOException {
        String script = Files.readString(EngineScript.SCRIPT);
        assertFalse(script.contains("new Function"), "new Function");
        assertFalse(script.contains("eval("), "eval");
    }

    @Test
    void the_msgpack_library_is_not_part_of_the_script() throws IOException {
        String script = Files.readString(EngineScript.SCRIPT);
        // Names of classes are minified, texts are not: msgpack's has the names of its system properties.
        assertTrue(script.contains("is out of range"), "texts are readable in " + EngineScript.SCRIPT);
        assertEquals(-1, script.indexOf("msgpack"), "msgpack is reachable from the simulator's engine");
    }

    @Test
    void the_script_is_small_enough_for_a_page() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream to = new GZIPOutputStream(compressed)) {
            to.write(Files.readAllBytes(EngineScript.SCRIPT));
        }
        assertTrue(
                compressed.size() < MOST_COMPRESSED_BYTES,
                () -> compressed.size() + " bytes compressed: must be below " + MOST_COMPRESSED_BYTES);
    }
}
