package dev.hearsay.agent;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears signals: INT and TERM end an agent, HUP has it read its configuration again, USR1 has it log its figures.
 *
 * <p>{@code sun.misc.Signal} is the only way in Java to tell them apart; a shutdown hook cannot, and cannot choose the exit
 * code. It is reached by reflection because the compiler warns of each mention and cannot be told not to. Where the JVM does
 * not allow it ({@code -Xrs}, or a JVM without it), a signal simply ends the process.
 */
public final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    /** From now on calls back with "interrupt" for INT and "terminated" for TERM, on a thread of the JVM. */
    public static void listen(Consumer<String> handler) {
        on("INT", () -> handler.accept("interrupt"));
        on("TERM", () -> handler.accept("terminated"));
    }

    /** From now on does that for each signal of the name, as {@code INT}, on a thread of the JVM. */
    public static void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            Throwable why = e instanceof InvocationTargetException ? e.getCause() : e;
            LOG.debug("cannot hear the signal {}", name, why);
        }
    }
}
