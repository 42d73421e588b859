package dev.hearsay.agent.cli.sim;

import dev.hearsay.agent.cli.UsageException;
import dev.hearsay.experiment.report.ResultException;
import dev.hearsay.experiment.scenario.ScenarioException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** A command about the simulator. Whatever is wrong with its input ends with 1 and one line for each mistake. */
abstract class SimTask implements Callable<Integer> {
    /** Everything expected came true. */
    static final int PASSED = 0;

    /** Something in the input is wrong; nothing, or not all, was done. */
    static final int BAD_INPUT = 1;

    /** It ran, and something expected did not come true, or an invariant broke. */
    static final int FAILED = 2;

    @Option(
            names = {"-h", "-help"},
            order = 100,
            usageHelp = true,
            description = "Shows this text.")
    @SuppressWarnings("unused")
    private boolean help;

    final PrintStream out;
    final PrintStream err;

    SimTask(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Does it; returns the exit code. */
    abstract int run() throws UsageException, IOException;

    @Override
    public final Integer call() throws UsageException {
        try {
            return run();
        } catch (ScenarioException e) {
            String.valueOf(e.getMessage()).lines().forEach(line -> err.println("Error: " + line));
        } catch (ResultException e) {
            err.println("Error: " + e.getMessage());
        } catch (IOException e) {
            err.println("Error: " + reason(e));
        } catch (OutOfMemoryError e) {
            err.println("Error: " + Runtime.getRuntime().maxMemory() / (1 << 20)
                    + " MiB of memory are too little for this: take fewer members, or set HEARSAY_OPTS=-Xmx16g");
        }
        return BAD_INPUT;
    }

    /** Java's messages are often the name of the file alone. */
    private static String reason(IOException e) {
        String what = e instanceof NoSuchFileException
                ? "there is no such file"
                : e instanceof AccessDeniedException
                        ? "access is denied"
                        : e instanceof FileAlreadyExistsException ? "is there already, and no folder" : "";
        if (e instanceof FileSystemException file) {
            String reason = file.getReason();
            return file.getFile() + ": " + (what.isEmpty() ? reason == null ? "failed" : reason : what);
        }
        return String.valueOf(e.getMessage());
    }
}
