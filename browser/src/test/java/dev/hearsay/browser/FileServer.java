package dev.hearsay.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Any web server: the JDK's, with the files of a folder below a path, and no header that it need not send. */
final class FileServer implements AutoCloseable {
    private static final String BELOW = "/somewhere/else/";

    private final Path folder;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    FileServer(Path folder) throws IOException {
        this.folder = folder.toAbsolutePath().normalize();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(BELOW, this::serve);
        server.setExecutor(threads);
        server.start();
    }

    /** The address of that file, which may have a question or a place behind it. */
    URI page(String file) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + BELOW + file);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(BELOW.length());
            Path file = folder.resolve(path.isEmpty() ? "index.html" : path).normalize();
            if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", type(path));
            exchange.sendResponseHeaders(200, Files.size(file));
            try (OutputStream body = exchange.getResponseBody()) {
                Files.copy(file, body);
            }
        }
    }

    private static String type(String path) {
        String end = path.substring(path.lastIndexOf('.') + 1);
        return switch (end) {
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "txt" -> "text/plain; charset=utf-8";
            default -> "text/html; charset=utf-8";
        };
    }
}
