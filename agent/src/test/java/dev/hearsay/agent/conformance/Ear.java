package dev.hearsay.agent.conformance;

import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import dev.hearsay.agent.rpc.RpcMap;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears the user events that reach an agent, and answers the queries with the name {@code q} in its place. */
final class Ear implements AutoCloseable {
    private final String name;
    private final RpcClient client;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private Ear(String name, RpcClient client) {
        this.name = name;
        this.client = client;
    }

    /** Begins to listen. */
    static Ear at(String name, InetSocketAddress rpc, String token) throws IOException, RpcException {
        Ear ear = new Ear(name, RpcClient.connect(rpc, token));
        ear.client.stream("user,query:q");
        Thread thread = new Thread(ear::listen, "ear-" + name);
        thread.setDaemon(true);
        thread.start();
        return ear;
    }

    /** The events so far, as {@code deploy v1}. */
    List<String> heard() {
        return heard;
    }

    private void listen() {
        try {
            while (true) {
                RpcMap item = client.next();
                if (item.text("Event").equals("query")) {
                    String answer = item.text("Payload") + " is what " + name + " heard\n";
                    client.respond(item.number("ID"), answer.getBytes(StandardCharsets.UTF_8));
                } else {
                    // Not whether it may be coalesced: who hears of it in a push/pull cannot tell.
                    heard.add(item.text("Name") + " " + item.text("Payload"));
                }
            }
        } catch (IOException | RpcException e) {
            // The agent is gone, as some are meant to.
            client.close();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
