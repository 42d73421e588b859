package dev.hearsay.sim.junit;

import dev.hearsay.sim.cluster.SimulatedClusters;
import dev.hearsay.sim.cluster.SimulatedClustersBuilder;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a {@link SimulatedTest} once for each seed. */
final class SimulatedTestExtension implements TestTemplateInvocationContextProvider {
    /** The system property that names the one seed to run. */
    static final String SEED = "hearsay.seed";

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return context.getRequiredTestMethod().isAnnotationPresent(SimulatedTest.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        SimulatedTest settings = context.getRequiredTestMethod().getAnnotation(SimulatedTest.class);
        if (settings.seeds() < 1) {
            throw new ExtensionConfigurationException("seeds is " + settings.seeds() + ": must be 1 or more");
        }
        return seeds(System.getProperty(SEED, ""), settings.seeds()).mapToObj(seed -> new Run(settings, seed));
    }

    private static LongStream seeds(String wanted, int count) {
        if (wanted.isEmpty()) {
            return LongStream.rangeClosed(1, count);
        }
        try {
            return LongStream.of(Long.parseLong(wanted));
        } catch (NumberFormatException e) {
            throw new ExtensionConfigurationException(SEED + " is '" + wanted + "': must be a whole number", e);
        }
    }

    /** The run with one seed. */
    private record Run(SimulatedTest settings, long seed) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int invocationIndex) {
            return "seed " + seed;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new Clusters(settings, seed), new Repeat(seed));
        }
    }

    /** Gives the test its clusters. */
    private record Clusters(SimulatedTest settings, long seed) implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> type = parameter.getParameter().getType();
            return type == SimulatedClusters.class || type == SimulatedClustersBuilder.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            SimulatedClustersBuilder builder =
                    SimulatedClusters.of(settings.nodes()).seed(seed).loss(settings.loss());
            if (settings.together()) {
                builder.together();
            }
            return parameter.getParameter().getType() == SimulatedClusters.class ? builder.start() : builder;
        }
    }

    /** Says with which seed a test has failed. */
    private record Repeat(long seed) implements TestExecutionExceptionHandler {
        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
            failure.addSuppressed(new Seed(seed));
            throw failure;
        }
    }

    /** Stands under the failure. */
    static final class Seed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Seed(long seed) {
            super("this was seed " + seed + "; -D" + SEED + "=" + seed + " repeats this run only", null, false, false);
        }
    }
}
