package dev.hearsay.agent.http;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What the server itself refuses, because it is no HTTP or too long, looks like every other refusal. */
final class JettyErrors extends ErrorHandler {
    private final HttpMeters meters;

    JettyErrors(HttpMeters meters) {
        this.meters = meters;
    }

    /** Says why to every method, not only to those of pages. */
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            @Nullable Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        Problem problem = problem(code, message);
        meters.refused(problem.code());
        meters.answered(request == null ? "" : request.getMethod(), null, code);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap(Json.bytes(problem.body())), callback);
    }

    /** The refusal for a status that the server, or Javalin, chose. */
    static Problem problem(int status, @Nullable String reason) {
        String name = HttpStatus.getMessage(status);
        String code = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "_");
        return new Problem(status, code, reason == null || reason.isEmpty() ? name : reason, null);
    }
}
