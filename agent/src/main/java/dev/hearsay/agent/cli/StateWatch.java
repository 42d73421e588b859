package dev.hearsay.agent.cli;

import dev.hearsay.agent.rpc.RpcClient;
import dev.hearsay.agent.rpc.RpcException;
import dev.hearsay.agent.rpc.RpcMap;
import dev.hearsay.api.StateType;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows changes of shared state as they come, a line each, until the agent or the user ends it. */
final class StateWatch {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;
    private final boolean base64;

    StateWatch(PrintStream out, PrintStream err, boolean json, boolean base64) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.base64 = base64;
    }

    /** Runs until the agent ends; returns the exit code. */
    int run(RpcClient agent, @Nullable StateType type, String collection) throws IOException, RpcException {
        agent.state().watch(type, collection);
        try {
            while (true) {
                RpcMap item = agent.next();
                out.println(json ? Json.line(jsonOf(item)) : line(item));
            }
        } catch (EOFException e) {
            err.println("The agent ended the watch: it has exited or crashed.");
            return 1;
        }
    }

    private String line(RpcMap item) {
        if (item.has("Gap")) {
            long lost = item.number("Gap");
            return "... " + lost + (lost == 1 ? " change was" : " changes were") + " left out here: too many at a time";
        }
        boolean element = item.text("Type").equals("set");
        String key = Shown.cell(item.bytes("Key"), base64 && element);
        String what = switch (item.text("Type")) {
            case "counter" -> "is " + item.number("Number");
            case "set" -> (isThere(item) ? "+ " : "- ") + key;
            case "register" -> isThere(item) ? "= " + after(item) : "- " + before(item);
            default -> key + (isThere(item) ? " = " + after(item) : " deleted");
        };
        return at(item) + "  " + item.text("Type") + " " + Shown.cell(item.text("Collection")) + "  " + what
                + (item.flag("Own") ? "  (written here)" : "");
    }

    private Map<String, Object> jsonOf(RpcMap item) {
        Map<String, Object> change = new LinkedHashMap<>();
        if (item.has("Gap")) {
            change.put("left_out", item.number("Gap"));
            return change;
        }
        String type = item.text("Type");
        change.put("written", at(item));
        change.put("type", type);
        change.put("name", item.text("Collection"));
        if (type.equals("counter")) {
            change.put("value", item.number("Number"));
        } else if (type.equals("set")) {
            Shown.put(change, "value", item.bytes("Key"), base64);
            change.put("deleted", !isThere(item));
        } else {
            if (!type.equals("register")) {
                Shown.put(change, "key", item.bytes("Key"), false);
            }
            if (item.isBytes("Before")) {
                Shown.put(change, "before", item.bytes("Before"), base64);
            }
            if (isThere(item)) {
                Shown.put(change, "value", item.bytes("After"), base64);
            }
            change.put("deleted", !isThere(item));
        }
        change.put("own", item.flag("Own"));
        return change;
    }

    private static boolean isThere(RpcMap item) {
        return item.isBytes("After");
    }

    private String after(RpcMap item) {
        return Shown.cell(item.bytes("After"), base64);
    }

    private String before(RpcMap item) {
        return Shown.cell(item.bytes("Before"), base64);
    }

    private static String at(RpcMap item) {
        return Instant.ofEpochMilli(item.number("Written")).toString();
    }
}
