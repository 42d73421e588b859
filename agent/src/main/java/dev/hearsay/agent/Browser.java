package dev.hearsay.agent;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Opens pages for whoever sits before this machine, if somebody does: where the output is no terminal, in a job of a build
 * server, over SSH, or without a display, a browser would open for nobody, or not at all.
 */
public final class Browser {
    /** Variables that say that nobody sits here: build servers set the first, SSH the others. */
    private static final List<String> NOBODY_HERE = List.of("CI", "SSH_CONNECTION", "SSH_TTY");

    private static final List<String> DISPLAYS = List.of("DISPLAY", "WAYLAND_DISPLAY");

    private final Map<String, String> environment;
    private final String system;
    private final boolean terminal;
    private final Launcher launcher;

    /** Starts a program and does not wait for it. */
    @FunctionalInterface
    interface Launcher {
        void launch(List<String> command) throws IOException;
    }

    /**
     * A browser.
     *
     * @param environment variables
     * @param system the name of the operating system, as Java has it
     * @param terminal whether somebody reads the output
     */
    Browser(Map<String, String> environment, String system, boolean terminal, Launcher launcher) {
        this.environment = environment;
        this.system = system.toLowerCase(Locale.ROOT);
        this.terminal = terminal;
        this.launcher = launcher;
    }

    /** That of this machine. */
    public static Browser here() {
        return new Browser(System.getenv(), System.getProperty("os.name", ""), Terminal.out(), command -> {
            var unused = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        });
    }

    /** Opens the page, if somebody would see it; returns whether a program was started that does. */
    public boolean open(URI page) {
        if (!somebodyHere()) {
            return false;
        }
        List<String> command = new ArrayList<>(opener());
        command.add(page.toString());
        try {
            launcher.launch(command);
            return true;
        } catch (IOException e) {
            // There is no such program: then the address, which is printed in any case, has to do.
            return false;
        }
    }

    private boolean somebodyHere() {
        return terminal
                && NOBODY_HERE.stream().noneMatch(this::set)
                && (mac() || windows() || DISPLAYS.stream().anyMatch(this::set));
    }

    private List<String> opener() {
        if (mac()) {
            return List.of("open");
        }
        return windows() ? List.of("rundll32", "url.dll,FileProtocolHandler") : List.of("xdg-open");
    }

    private boolean set(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }

    private boolean mac() {
        return system.startsWith("mac");
    }

    private boolean windows() {
        return system.startsWith("windows");
    }
}
