package dev.hearsay.agent.http;

import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Everything the server answers, in the order of the documents. A further part of the interface is one more class that makes
 * its {@link Route}s, and one more line here; the OpenAPI document, the checks of parameters and bodies, and the figures
 * follow.
 */
final class RouteTable {
    private final List<Route> routes = new ArrayList<>();

    RouteTable(HttpContext context) {
        routes.addAll(new AgentRoutes(context).routes());
        routes.addAll(new MemberRoutes(context).routes());
        routes.addAll(new FigureRoutes(context).routes());
        routes.addAll(new EventRoutes(context.cluster()).routes());
        routes.addAll(new QueryRoutes(context).routes());
        routes.addAll(new CoordinateRoutes(context.cluster()).routes());
        routes.addAll(new KeyRoutes(context.cluster()).routes());
        routes.addAll(new StateRoutes(context.cluster()).routes());
        routes.addAll(new MapRoutes(context.cluster()).routes());
        routes.addAll(new SetRoutes(context.cluster()).routes());
        routes.addAll(new CounterRoutes(context.cluster()).routes());
        routes.addAll(new StreamRoutes(context).routes());
        routes.add(OpenApi.route(routes));
        routes.add(context.meters().route());
    }

    List<Route> routes() {
        return routes;
    }

    /** The methods that the path has, as the header {@code Allow} lists them; empty if there is no such path. */
    String allowed(String path) {
        Set<String> methods = new LinkedHashSet<>();
        for (Route route : routes) {
            String pattern = "\\Q" + route.path().replaceAll("\\{[a-z]+}", "\\\\E[^/]+\\\\Q") + "\\E";
            if (Pattern.matches(pattern, path)) {
                methods.add(route.method().name());
                if (route.method().equals(HandlerType.GET)) {
                    methods.add(HandlerType.HEAD.name());
                }
            }
        }
        return String.join(", ", methods);
    }
}
