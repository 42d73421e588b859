package dev.hearsay.agent.cli;

import dev.hearsay.agent.Browser;
import dev.hearsay.agent.HostPort;
import dev.hearsay.agent.Signals;
import dev.hearsay.agent.http.LabServer;
import dev.hearsay.web.Site;
import dev.hearsay.web.SiteExport;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hearsay lab}. */
@Command(
        name = "lab",
        sortOptions = false,
        customSynopsis = "hearsay lab [options]",
        description = {
            "",
            "Shows how gossip works, in the browser: a tour of two minutes, and a lab in which you choose members, protocol, loss "
                    + "and latency, kill some, draw a partition, and watch. What runs there is Hearsay's own core, in virtual time: "
                    + "the page needs no cluster and asks nobody. Until Ctrl-C.",
            "",
            "With -export, writes the same as files for any web server, and ends.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hearsay lab",
            "  hearsay lab --http-addr 127.0.0.1:9000 --no-open",
            "  hearsay lab --export /var/www/gossip"
        })
final class LabCommand implements Callable<Integer> {
    /** Where it listens unless told; the port of an agent's HTTP is one below. */
    static final int PORT = 7475;

    private static final String LOOPBACK = "127.0.0.1";

    @Option(
            names = "-http-addr",
            paramLabel = "HOST:PORT",
            description = "Where to serve it. Default: 127.0.0.1:7475, or another port if that one is taken.")
    private @Nullable String address;

    @Option(names = "-no-open", description = "Prints the addresses and opens no browser.")
    private boolean silent;

    @Option(
            names = "-export",
            paramLabel = "DIR",
            description = "Writes all files to a new or empty directory instead, for any web server, below any path.")
    private @Nullable String folder;

    @Option(names = "-force", description = "With -export: writes to a directory that is not empty, too.")
    private boolean force;

    @Option(
            names = {"-h", "-help"},
            usageHelp = true,
            description = "Shows this text.")
    @SuppressWarnings("unused")
    private boolean help;

    private final PrintStream out;
    private final PrintStream err;
    private final Browser browser;

    LabCommand(PrintStream out, PrintStream err) {
        this(out, err, Browser.here());
    }

    LabCommand(PrintStream out, PrintStream err, Browser browser) {
        this.out = out;
        this.err = err;
        this.browser = browser;
    }

    @Override
    public Integer call() throws Exception {
        if (folder != null && (address != null || silent)) {
            throw new UsageException("-export serves nothing: it excludes -http-addr and -no-open");
        }
        if (folder == null && force) {
            throw new UsageException("-force goes with -export only");
        }
        return folder == null ? serve() : export(folder);
    }

    private int export(String to) throws UsageException {
        Path target;
        try {
            target = Path.of(to);
        } catch (InvalidPathException e) {
            throw UsageException.invalid("-export", to, e.getReason());
        }
        try {
            SiteExport written = SiteExport.write(new Site(), target, force);
            out.println(String.format(
                    Locale.ROOT,
                    "%d files, %d KB (%d KB compressed), are in %s.",
                    written.files(),
                    kilobytes(written.bytes()),
                    kilobytes(written.compressedBytes()),
                    target));
            out.println(
                    "Begin at index.html; lab.html is the lab. They need a web server: a browser does not run them from files.");
            return 0;
        } catch (IOException e) {
            String hint = force ? "" : "; name a new or an empty directory, or add -force";
            err.println("Error: cannot export: " + e.getMessage() + hint);
            return 1;
        }
    }

    private static long kilobytes(long bytes) {
        return (bytes + 1023) / 1024;
    }

    private int serve() throws UsageException, InterruptedException {
        try (LabServer server = start()) {
            String root = "http://" + HostPort.of(server.address()) + "/";
            out.println("Explainer: " + root);
            out.println("Lab:       " + root + "lab.html");
            CountDownLatch ended = new CountDownLatch(1);
            Signals.listen(name -> ended.countDown());
            boolean shown = !silent && browser.open(URI.create(root));
            out.println((shown ? "It opens in your browser. " : "") + "Ctrl-C ends it.");
            out.flush();
            ended.await();
            return 0;
        } catch (IOException e) {
            err.println("Error: cannot serve at " + (address == null ? LOOPBACK : address) + ": " + e.getMessage()
                    + ". Choose another address with -http-addr.");
            return 1;
        }
    }

    private LabServer start() throws UsageException, IOException {
        if (address != null) {
            try {
                return LabServer.start(HostPort.parse(address, PORT).resolved());
            } catch (IllegalArgumentException e) {
                throw UsageException.invalid("-http-addr", address, String.valueOf(e.getMessage()));
            }
        }
        try {
            return LabServer.start(new HostPort(LOOPBACK, PORT).resolved());
        } catch (IOException e) {
            // Nobody has to know the port beforehand: it is printed, and opened.
            return LabServer.start(new HostPort(LOOPBACK, 0).resolved());
        }
    }
}
