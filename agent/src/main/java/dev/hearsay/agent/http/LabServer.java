package dev.hearsay.agent.http;

import dev.hearsay.web.Site;
import io.javalin.Javalin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the explainer and the lab, which need nothing but their files, with the bounds and the checks of an agent's HTTP server. */
public final class LabServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LabServer.class);

    private final ServerSocketChannel socket;
    private final InetSocketAddress address;
    private final Javalin app;

    private LabServer(ServerSocketChannel socket) throws IOException {
        this.socket = socket;
        this.address = (InetSocketAddress) socket.getLocalAddress();
        Pages pages = Pages.lab(new Site());
        Guard guard = new Guard(address, () -> "");
        HttpMeters meters = new HttpMeters(new SimpleMeterRegistry(), () -> 0);
        JettySetup setup = new JettySetup(socket, HttpLimits.DEFAULTS, meters, context -> Pages.METHODS);
        this.app = Javalin.create(config -> {
            setup.apply(config);
            config.routes.before(context -> guard.check(context, true));
            pages.addTo(config);
        });
    }

    /**
     * Starts to listen, and answers when this returns.
     *
     * @param at where; port 0 takes a free one, see {@link #address}
     * @throws IOException if the address cannot be bound
     */
    public static LabServer start(InetSocketAddress at) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        try {
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            socket.bind(at, HttpLimits.DEFAULTS.connections());
            LabServer server = new LabServer(socket);
            var unused = server.app.start();
            return server;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    /** Closes every connection and stops listening. */
    @Override
    public void close() {
        var unused = app.stop();
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing the listener", e);
        }
    }
}
