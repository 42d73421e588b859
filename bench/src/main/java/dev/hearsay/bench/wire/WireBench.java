package dev.hearsay.bench.wire;

import dev.hearsay.wire.DropCounters;
import dev.hearsay.wire.PacketCodec;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks of this package and prints in one table what each costs on one thread. */
public final class WireBench {
    private static final String ROW = "%-30s %11s %9s %11s %13s %13s";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private WireBench() {}

    /** Measures; the arguments are JMH's, all benchmarks if none are named. */
    public static void main(String[] arguments) throws CommandLineOptionException, RunnerException, IOException {
        CommandLineOptions given = new CommandLineOptions(arguments);
        if (given.shouldHelp()) {
            given.showHelp();
            return;
        }
        OptionsBuilder options = new OptionsBuilder();
        options.parent(given).addProfiler(GCProfiler.class);
        if (given.getIncludes().isEmpty()) {
            options.include(WireBench.class.getPackageName());
        }
        Collection<RunResult> results = new Runner(options).run();
        print("%n%s, JDK %s", System.getProperty("os.arch"), System.getProperty("java.version"));
        for (Layers layers : Layers.values()) {
            byte[][] packets = News.encode(
                    News.packets(ReceiveBenchmark.PACKETS, layers),
                    new PacketCodec(layers::config, new DropCounters()));
            int bytes = Arrays.stream(packets).mapToInt(packet -> packet.length).sum();
            print(
                    "a full packet, %s: %.1f messages, %d bytes",
                    layers, messagesPerPacket(layers), bytes / packets.length);
        }
        print("%n" + ROW, "one operation on one thread", "ns", "+-", "ns, best", "messages/s", "B allocated");
        results.forEach(WireBench::print);
    }

    private static void print(RunResult result) {
        BenchmarkParams params = result.getParams();
        StringBuilder name = new StringBuilder(params.getBenchmark().replaceFirst(".*\\.(\\w+)Benchmark", "$1"));
        params.getParamsKeys().forEach(key -> name.append(' ').append(params.getParam(key)));
        Result<?> time = result.getPrimaryResult();
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        String layers = params.getParam("layers");
        double messages = layers == null ? 1 : messagesPerPacket(Layers.valueOf(layers));
        print(
                ROW,
                name,
                number(time.getScore()),
                number(time.getScoreError()),
                number(time.getStatistics().getMin()),
                number(messages * 1e9 / time.getScore()),
                allocated == null ? "" : number(allocated.getScore()));
    }

    private static double messagesPerPacket(Layers layers) {
        return (double) News.parts(News.packets(ReceiveBenchmark.PACKETS, layers)) / ReceiveBenchmark.PACKETS;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
