package dev.hearsay.agent.cli;

import dev.hearsay.agent.HostPort;
import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** A command that asks a running agent: where to find it, and what to say when it is not there. */
abstract class ClientCommand implements Callable<Integer> {
    static final int DEFAULT_PORT = 7373;

    @Option(
            names = "-rpc-addr",
            order = 100,
            paramLabel = "HOST:PORT",
            description = "Where the agent listens for commands. Default: $SERF_RPC_ADDR, else 127.0.0.1:7373.")
    private String rpcAddr = "";

    @Option(
            names = "-rpc-auth",
            order = 101,
            paramLabel = "TOKEN",
            description = "The agent's RPC token, if it has one. Default: $SERF_RPC_AUTH.")
    private String rpcAuth = "";

    @Option(
            names = {"-h", "-help"},
            order = 102,
            usageHelp = true,
            description = "Shows this text.")
    @SuppressWarnings("unused")
    private boolean help;

    final PrintStream out;
    final PrintStream err;

    ClientCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Checks what can be checked without an agent. */
    void check() throws UsageException {}

    /** Does the work; returns the exit code. */
    abstract int run(RpcClient agent) throws IOException, RpcException;

    /** What failed, for the error line, as "retrieving members". */
    abstract String doing();

    @Override
    public final Integer call() throws UsageException {
        check();
        String from = rpcAddr.isEmpty() ? System.getenv().getOrDefault("SERF_RPC_ADDR", "") : rpcAddr;
        String text = from.isEmpty() ? "127.0.0.1:" + DEFAULT_PORT : from;
        String token = rpcAuth.isEmpty() ? System.getenv().getOrDefault("SERF_RPC_AUTH", "") : rpcAuth;
        InetSocketAddress at = Values.resolved(rpcAddr.isEmpty() ? "SERF_RPC_ADDR" : "-rpc-addr", text, DEFAULT_PORT);
        RpcClient agent;
        try {
            agent = RpcClient.connect(at, token);
        } catch (IOException | RpcException e) {
            err.println("Error connecting to Hearsay agent at " + HostPort.of(at) + ": " + reason(e));
            return 1;
        }
        try (agent) {
            return run(agent);
        } catch (IOException | RpcException e) {
            err.println("Error " + doing() + ": " + e.getMessage());
            return 1;
        }
    }

    private static String reason(Exception e) {
        if (e instanceof ConnectException) {
            return "connection refused. Start one with: ./hearsay agent";
        }
        if (e instanceof SocketTimeoutException) {
            return "no answer within " + RpcClient.CONNECT_MILLIS / 1000 + " s";
        }
        return String.valueOf(e.getMessage());
    }
}
