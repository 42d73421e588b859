package dev.hearsay.agent.cli.sim;

import dev.hearsay.experiment.sweep.SweepException;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Spark's own program that brings another program to a cluster. Hearsay has no Spark in it: that would be three times its size, and of
 * the wrong version.
 *
 * @param program the script
 * @param jar what is run there
 */
record SparkSubmit(Path program, Path jar) {
    /** Where the jar is, if it is not beside the program. */
    static final String JAR_VARIABLE = "HEARSAY_SPARK_JAR";

    private static final String JAR = "hearsay-sim-spark.jar";
    private static final String SCRIPT = "spark-submit";
    private static final String MAIN = "dev.hearsay.spark.SparkSweep";

    /**
     * Finds both.
     *
     * @param environment of the process: {@code SPARK_HOME}, {@code PATH}, {@value #JAR_VARIABLE}
     * @param here the folder of this program's jar
     * @throws SweepException if one is missing; says where it was looked for, and what to do
     */
    static SparkSubmit find(Map<String, String> environment, Path here) throws SweepException {
        return new SparkSubmit(program(environment), jar(environment, here));
    }

    private static Path program(Map<String, String> environment) throws SweepException {
        String home = environment.getOrDefault("SPARK_HOME", "");
        if (!home.isEmpty()) {
            Path program = Path.of(home, "bin", SCRIPT);
            if (!Files.isExecutable(program)) {
                throw new SweepException("SPARK_HOME is " + home + ", but there is no program " + program);
            }
            return program;
        }
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path program = Path.of(folder, SCRIPT);
            if (!folder.isEmpty() && Files.isExecutable(program)) {
                return program;
            }
        }
        throw new SweepException("there is no spark-submit in PATH, and SPARK_HOME is not set: install Spark 4.0 "
                + "(https://spark.apache.org/downloads.html) and set SPARK_HOME to its folder");
    }

    private static Path jar(Map<String, String> environment, Path here) throws SweepException {
        String named = environment.getOrDefault(JAR_VARIABLE, "");
        if (!named.isEmpty()) {
            if (!Files.isRegularFile(Path.of(named))) {
                throw new SweepException(JAR_VARIABLE + " is " + named + ", which does not exist");
            }
            return Path.of(named);
        }
        Path beside = here.resolve(JAR);
        Path built = here.resolve("../../sim-spark/target").resolve(JAR).normalize();
        for (Path jar : List.of(beside, built)) {
            if (Files.isRegularFile(jar)) {
                return jar;
            }
        }
        throw new SweepException("there is no " + beside + " and no " + built
                + ": build it with 'mvn -pl sim-spark -am package -DskipTests', or set " + JAR_VARIABLE);
    }

    /** Where the jar is that this class was loaded from. */
    static Path folderOfThisProgram() {
        try {
            Path code = Path.of(SparkSubmit.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path folder = code.toAbsolutePath().getParent();
            return folder == null ? code : folder;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Runs it, with this process's input and output.
     *
     * @param master which cluster; empty for what Spark's configuration says
     * @return its exit code
     */
    int run(String master, List<String> arguments) throws IOException, InterruptedException {
        return new ProcessBuilder(command(master, arguments))
                .inheritIO()
                .start()
                .waitFor();
    }

    /** The command line: the driver stays here, where the scenario and the folder are. */
    List<String> command(String master, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if (!master.isEmpty()) {
            command.addAll(List.of("--master", master));
        }
        command.addAll(List.of("--deploy-mode", "client", "--class", MAIN, jar.toString()));
        command.addAll(arguments);
        return command;
    }
}
