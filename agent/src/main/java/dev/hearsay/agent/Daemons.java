package dev.hearsay.agent;

import java.util.concurrent.ThreadFactory;

/** Makes threads that do not keep the process alive. */
public final class Daemons {
    private Daemons() {}

    /** A factory of such threads, all of that name. */
    public static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
