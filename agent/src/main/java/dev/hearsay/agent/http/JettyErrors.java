package dev.hearsay.agent.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.jspecify.annotations.Nullable;

/** What the server itself refuses, because it is no HTTP or too long, looks like every other refusal. */
final class JettyErrors extends ErrorHandler {
    private final HttpMeters meters;

    JettyErrors(HttpMeters meters) {
        this.meters = meters;
    }

    @Override
    public ByteBuffer badMessageError(int status, @Nullable String reason, HttpFields.Mutable fields) {
        Problem problem = problem(status, reason);
        meters.refused(problem.code());
        meters.answered("", null, status);
        fields.put(HttpHeader.CONTENT_TYPE, "application/json");
        return ByteBuffer.wrap(Json.bytes(problem.body()));
    }

    @Override
    public void handle(
            @Nullable String target,
            @Nullable Request base,
            @Nullable HttpServletRequest request,
            @Nullable HttpServletResponse response)
            throws IOException {
        if (base != null && response != null) {
            base.setHandled(true);
            RequestGate.refuse(
                    response, problem(response.getStatus(), base.getResponse().getReason()), meters);
        }
    }

    /** The refusal for a status that the server, or Javalin, chose. */
    static Problem problem(int status, @Nullable String reason) {
        String name = HttpStatus.getMessage(status);
        String code = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "_");
        return new Problem(status, code, reason == null || reason.isEmpty() ? name : reason, null);
    }
}
