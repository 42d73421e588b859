package dev.hearsay.agent.http;

import static io.javalin.http.HandlerType.GET;

import java.io.IOException;
import java.util.List;

/** The agent's figures over the last minutes. */
final class FigureRoutes {
    private final FigureSampler sampler;

    FigureRoutes(HttpContext context) {
        this.sampler = context.sampler();
    }

    /** Samples. */
    record FigureList(
            @Doc("How often a sample is taken, in seconds") int intervalSeconds,
            @Doc("How many are kept; the oldest goes first") int kept,

            @Doc("Upper bounds of the delays that 'propagation' counts, in seconds")
            List<Double> propagationBoundsSeconds,

            @Doc("The newest, the oldest of them first") List<FigureSample> samples) {}

    List<Route> routes() {
        return List.of(Route.of(
                        GET,
                        "/v1/figures",
                        "The agent's figures over the last minutes, a sample each second",
                        this::figures)
                .parameter("limit", "most samples, 1 to " + FigureSampler.KEPT + "; all by default")
                .answers(200, FigureList.class));
    }

    private void figures(Call call) throws IOException, Problem {
        int limit = call.number("limit", FigureSampler.KEPT, 1, FigureSampler.KEPT);
        call.reply(
                200,
                new FigureList(
                        FigureSampler.INTERVAL_SECONDS,
                        FigureSampler.KEPT,
                        sampler.boundsSeconds(),
                        sampler.newest(limit)));
    }
}
