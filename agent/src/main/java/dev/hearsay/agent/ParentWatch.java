package dev.hearsay.agent;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends an agent whose parent is gone: it holds the other end of standard input as long as it lives. */
final class ParentWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ParentWatch.class);

    private ParentWatch() {}

    static void start(Lifecycle lifecycle) {
        Thread thread = new Thread(() -> watch(lifecycle), "parent-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static void watch(Lifecycle lifecycle) {
        try {
            while (System.in.read() >= 0) {
                // What the parent says does not matter, only that it is there.
            }
        } catch (IOException e) {
            LOG.debug("standard input is gone", e);
        }
        lifecycle.stopped("Standard input has ended");
    }
}
