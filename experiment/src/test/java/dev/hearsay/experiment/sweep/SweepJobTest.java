package dev.hearsay.experiment.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine;

/** The manifest for Kubernetes: it is YAML, has the fields that an Indexed Job needs, and asks for a sweep that there can be. */
class SweepJobTest {
    private final List<Object> documents = new ArrayList<>();

    @BeforeEach
    void read() throws Exception {
        String text = Files.readString(Path.of("..", "deploy", "kubernetes", "sweep-job.yaml"));
        new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text).forEach(documents::add);
    }

    @Test
    void everyPodHasAnIndexAndWritesToTheSharedVolume() {
        assertEquals("batch/v1", at(1, "apiVersion"));
        assertEquals("Job", at(1, "kind"));
        assertEquals("Indexed", at(1, "spec", "completionMode"));
        assertEquals("Never", at(1, "spec", "template", "spec", "restartPolicy"), "as podFailurePolicy demands");
        assertEquals("PersistentVolumeClaim", at(0, "kind"));
        assertEquals(List.of("ReadWriteMany"), at(0, "spec", "accessModes"));
        assertEquals(
                at(0, "metadata", "name"),
                at(1, "spec", "template", "spec", "volumes", 0, "persistentVolumeClaim", "claimName"));
        assertEquals(
                at(1, "spec", "template", "spec", "containers", 0, "name"),
                at(1, "spec", "podFailurePolicy", "rules", 0, "onExitCodes", "containerName"));
    }

    @Test
    void thereAreAsManyPodsAsShardsAndTheirFlagsAreFlagsOfASweep() throws SweepException {
        String script = String.valueOf(at(1, "spec", "template", "spec", "containers", 0, "args", 0));
        Matcher sweep =
                Pattern.compile("sim sweep (.*?)\\n *code=", Pattern.DOTALL).matcher(script);
        assertTrue(sweep.find(), script);
        String[] arguments =
                sweep.group(1).replace("\\\n", " ").replace(" --", " -").strip().split("\\s+");
        SweepFlags flags = new SweepFlags();
        new CommandLine(flags).parseArgs(arguments);
        int completions = (int) at(1, "spec", "completions");
        assertEquals(
                new Shard(completions - 1, completions),
                flags.shard(Map.of(Shard.INDEX_VARIABLE, Integer.toString(completions - 1))));
        String mount = (String) at(1, "spec", "template", "spec", "containers", 0, "volumeMounts", 0, "mountPath");
        assertTrue(flags.folder().startsWith(mount), "the runs are in the volume");
        assertEquals(2, flags.threads());
    }

    private Object at(int document, Object... path) {
        Object at = documents.get(document);
        for (Object key : path) {
            at = key instanceof Integer index ? ((List<?>) at).get(index) : ((Map<?, ?>) at).get(key);
        }
        return at;
    }
}
