package dev.hearsay.agent.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a bounded number of requests in at a time, and counts each when it is answered. */
final class RequestGate implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger(RequestGate.class);

    /** The attribute of a request that holds the path of its route. */
    static final String ROUTE = "hearsay.route";
    /** After how many seconds whoever found no room should come back. */
    static final String RETRY_AFTER_SECONDS = "5";

    private final Semaphore free;
    private final HttpLimits limits;
    private final HttpMeters meters;

    RequestGate(HttpLimits limits, HttpMeters meters) {
        this.free = new Semaphore(limits.requests());
        this.limits = limits;
        this.meters = meters;
    }

    @Override
    public void doFilter(ServletRequest asked, ServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) asked;
        HttpServletResponse response = (HttpServletResponse) answer;
        if (!HttpMeters.METHODS.contains(request.getMethod())) {
            // Javalin would remember each method it ever saw.
            refuse(
                    response,
                    new Problem(501, "no_such_method", "this is no method of HTTP that is known here", null),
                    meters);
            meters.answered(request.getMethod(), null, 501);
            return;
        }
        if (!free.tryAcquire()) {
            Problem problem = new Problem(
                    503,
                    "too_many_requests",
                    limits.requests() + " requests are under way, which is the most; come back later",
                    null);
            refuse(response, problem, meters);
            meters.answered(request.getMethod(), null, 503);
            return;
        }
        meters.underWay(limits.requests() - free.availablePermits());
        try {
            chain.doFilter(request, response);
        } finally {
            free.release();
            meters.underWay(limits.requests() - free.availablePermits());
            meters.answered(request.getMethod(), (String) request.getAttribute(ROUTE), response.getStatus());
        }
    }

    /** Waits until no request is under way, at most so long; from then on none is let in. */
    void awaitIdle(long millis) {
        try {
            if (!free.tryAcquire(limits.requests(), millis, TimeUnit.MILLISECONDS)) {
                LOG.info("{} HTTP requests are cut off", limits.requests() - free.availablePermits());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells the client why not. */
    static void refuse(HttpServletResponse response, Problem problem, HttpMeters meters) throws IOException {
        meters.refused(problem.code());
        if (problem.retryAfterSeconds() > 0) {
            response.setHeader("Retry-After", Integer.toString(problem.retryAfterSeconds()));
        } else if (problem.status() == 503) {
            response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        Call.reply(response, problem.status(), "application/json", Json.bytes(problem.body()));
    }
}
