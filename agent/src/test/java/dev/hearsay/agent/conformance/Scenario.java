package dev.hearsay.agent.conformance;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The steps, one after another at one {@link Site}; each has a name, under which its outcome is compared. */
final class Scenario {
    private static final String OTHER_KEY = "T9jncgl9mbLus+baTTa7q7nPSUrXwbDi2dhbtqir37s=";
    private static final String THIRD_KEY = "HvY8ubRZMgafUOWvrOadwOckVa1wN3QWAo46FVKbVN8=";
    /** How long queries may take; Serf's agent always takes all of it. */
    private static final String TIME = "-timeout=2s";

    private static final int EVENTS = 4;

    private final Site site;
    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();

    private Scenario(Site site) {
        this.site = site;
    }

    /** All steps; their outcomes by name, in order. */
    static Map<String, Outcome> run(Site site) throws Exception {
        Scenario scenario = new Scenario(site);
        scenario.alone();
        site.startPlain();
        scenario.members();
        scenario.tags();
        scenario.events();
        scenario.queries();
        scenario.network();
        scenario.keysWithoutEncryption();
        scenario.info();
        scenario.joins();
        scenario.failure();
        site.restartAsked();
        scenario.members("members after a restart from the snapshot");
        scenario.departure();
        site.stopAll();
        site.startEncrypted();
        scenario.authentication();
        scenario.keys();
        return scenario.outcomes;
    }

    private void add(String name, Outcome outcome) {
        if (outcomes.put(name, outcome) != null) {
            throw new IllegalStateException("two steps are called " + name);
        }
    }

    private void ask(String name, String command, String... args) throws IOException, InterruptedException {
        add(name, site.ask(command, args));
    }

    private void members(String name, String... args) throws IOException, InterruptedException {
        add(name, site.ask("members", args).tagsInOrder().unordered());
    }

    /** What needs no agent, or finds none. */
    private void alone() throws Exception {
        add("unknown command", site.line("bogus"));
        add("no command", site.line());
        add("help", site.line("help"));
        add("help of a command", site.line("members", "-help"));
        add("version", site.line("version"));
        add("keygen", site.line("keygen").with("[A-Za-z0-9+/]{43}=", "KEY"));
        ask("agent down", "members");
        ask("agent's address is no address", "members", "-rpc-addr=nowhere");
    }

    private void members() throws Exception {
        members("members");
        members("members as json", "-format=json");
        members("members with details", "-detailed");
        members("members by name", "-name", "a|b");
        members("members by tag", "-tag", "role=w.*");
        members("members by a tag that is not there", "-tag", "nosuch=");
        members("members by role", "-role=db");
        members("members by status", "-status=alive");
        members("no such member", "-name=nosuch");
        members("no such member as json", "-name=nosuch", "-format=json");
        members("bad expression", "-name=(");
        members("bad tag filter", "-tag", "role");
        members("bad format", "-format=xml");
        members("unknown flag", "-bogus");
        members("switch with a value", "-detailed=false");
        members("argument that is not expected", "extra");
    }

    private void tags() throws Exception {
        ask("set tags", "tags", "-set", "a=1", "-set", "role=cache=2");
        ask("set and delete tags", "tags", "-set", "b=2", "-delete", "a", "-delete", "nosuch");
        ask("set and delete one tag", "tags", "-set", "idx=2", "-delete", "idx");
        ask("empty tag", "tags", "-set", "empty=");
        for (String who : new String[] {"a", "b", "c", "d"}) {
            site.await(who, "a", "alive {b=2, empty=, idx=2, role=cache=2}");
        }
        members("members after tags", "-name=a");
        ask("tags too long", "tags", "-set", "x=" + "y".repeat(600));
        ask("no tags", "tags");
        ask("bad tag", "tags", "-set", "a");
        ask("role as before", "tags", "-set", "role=web");
        for (String who : new String[] {"a", "b", "c", "d"}) {
            site.await(who, "a", "alive {b=2, empty=, idx=2, role=web}");
        }
    }

    private void events() throws Exception {
        ask("event", "event", "deploy", "v1.2.3");
        ask("event without a payload", "event", "restart");
        ask("event that is not to be coalesced", "event", "-coalesce=false", "deploy", "v1.2.4");
        ask("event that looks like a flag", "event", "-coalesce=false", "flag", "-format=json");
        add("what members hear", Outcome.effect(site.heard(EVENTS)));
        ask("event for a script", "event", "-coalesce=false", "note", "a line");
        add("what scripts hear", Outcome.effect(site.notes()));
        ask("event too large", "event", "big", "x".repeat(600));
        ask("event without a name", "event");
        ask("event with too many arguments", "event", "a", "b", "c");
        ask("bad switch", "event", "-coalesce=perhaps", "a");
    }

    private void queries() throws Exception {
        answered("query", 4, TIME, "q", "x");
        answered("query as json", 4, TIME, "-format=json", "q", "x");
        answered("query without acks", 4, TIME, "-no-ack", "q", "x");
        answered("query of two", 2, TIME, "-node=b", "-node", "d", "q", "x");
        answered("query of a tag", 2, TIME, "-tag", "role=^w", "q", "x");
        answered("query with relays", 4, TIME, "-relay-factor=2", "q", "x");
        answered("query that scripts answer", 4, TIME, "h", "x");
        query("query of nobody", TIME, "-node=nosuch", "-format=json", "q");
        query("query that nobody answers", TIME, "nosuch");
        query("query with a bad expression", TIME, "-tag", "role=(", "q");
        query("query with a bad tag", TIME, "-tag", "role", "q");
        query("query with too many relays", "-relay-factor=256", "q");
        query("query with a bad time", "-timeout=soon", "q");
        query("query in a bad format", "-format=xml", "q");
        query("query too large", "big", "x".repeat(1200));
        query("query of Serf's own", "_serf_conflict", "a");
        query("query without a name");
    }

    /** Asks again if an answer is missing, but not often: each is a packet, and on a busy machine some get lost or come late. */
    private void answered(String name, int answers, String... args) throws IOException, InterruptedException {
        Outcome outcome = site.ask("query", args);
        for (int i = 0; i < 2 && outcome.text().split(" is what ", -1).length <= answers; i++) {
            outcome = site.ask("query", args);
        }
        add(name, outcome.unordered());
    }

    private void query(String name, String... args) throws IOException, InterruptedException {
        add(name, site.ask("query", args).unordered());
    }

    private void network() throws Exception {
        add("reachability", site.ask("reachability"));
        add(
                "reachability in detail",
                site.ask("reachability", "-verbose")
                        .with("\\d+\\.\\d\\d sec", "N sec")
                        .unordered());
        rtt("round trip", "b");
        rtt("round trip between two", "b", "c");
        rtt("round trip of nobody", "nosuch");
        rtt("round trip without a name");
    }

    private void rtt(String name, String... args) throws IOException, InterruptedException {
        add(name, site.ask("rtt", args).with("\\d+\\.\\d+ ms", "N ms"));
    }

    private void keysWithoutEncryption() throws Exception {
        add("list keys without encryption", site.ask("keys", "-list").unordered());
        add(
                "install a key without encryption",
                site.ask("keys", "-install=" + OTHER_KEY).unordered());
        ask("keys without a flag", "keys");
        ask("keys with two flags", "keys", "-list", "-use=" + OTHER_KEY);
    }

    private void info() throws Exception {
        Outcome text = site.ask("info");
        add("info: sections", text.with("(?m)^\t.*\n", ""));
        add(
                "info: names of figures",
                text.with("(?m)^\t(hearsay\\.|rpc_|handler_).*\n", "").with(" = .*", ""));
        add("info: the agent", Outcome.effect(figures(text, "agent:")));
        add("info: event handlers", Outcome.effect(figures(text, "event_handlers:")));
        add("info: tags", Outcome.effect(figures(text, "tags:")));
        add(
                "info: members",
                Outcome.effect(text.text()
                        .lines()
                        .filter(line -> line.matches("\t(members|failed|left|encrypted|health_score|event_time) = .*"))
                        .toList()));
        add("info as json: sections", site.ask("info", "-format=json").with("(?m)^    .*\n", ""));
        ask("info in a bad format", "info", "-format=xml");
    }

    /** The lines of a section of info, without the figures that only our agent has. */
    private static String figures(Outcome info, String section) {
        String rest = info.text().substring(info.text().indexOf(section) + section.length());
        return rest.lines()
                .skip(1)
                .takeWhile(line -> line.startsWith("\t"))
                .filter(line -> !line.matches("\t(rpc|handler)_.*"))
                .toList()
                .toString();
    }

    private void joins() throws Exception {
        ask("join", "join", site.host("b"));
        ask("join two, with replay", "join", "-replay", site.host("b"), site.host("c") + ":7946");
        ask("join one that is there and one that is not", "join", site.host("b"), site.host("z"));
        ask("join nobody", "join", site.host("z"));
        ask("join a name that does not exist", "join", "nosuch.invalid");
        ask("join without an address", "join");
        ask("force-leave of an unknown name", "force-leave", "nosuch");
        ask("prune of an unknown name", "force-leave", "-prune", "nosuch");
        ask("force-leave without a name", "force-leave");
        add("monitor", site.monitor());
        ask("monitor with a bad level", "monitor", "-log-level=loud");
    }

    private void failure() throws Exception {
        site.kill("d");
        site.awaitViews("alive");
        for (String who : new String[] {"a", "b", "c"}) {
            site.await(who, "d", "failed");
        }
        members("members after a failure");
        members("failed members", "-status=failed");
        ask("reachability after a failure", "reachability");
        ask("force-leave", "force-leave", "d");
        for (String who : new String[] {"a", "b", "c"}) {
            site.await(who, "d", "left");
        }
        members("members after force-leave");
        ask("prune", "force-leave", "-prune", "d");
        // A push/pull in between makes Serf regard the departure as one Lamport time younger than it is, and a prune
        // that is no
        // younger counts for nothing: the next one does.
        site.awaitUnlessRepeated("d", "unknown", () -> site.ask("force-leave", "-prune", "d"));
        members("members after a prune");
    }

    private void departure() throws Exception {
        ask("leave", "leave");
        add("exit code of an agent that left", Outcome.effect(site.agent("a").exitCode()));
        site.await("b", "a", "left");
        site.await("c", "a", "left");
        ask("leave again", "leave");
    }

    private void authentication() throws Exception {
        ask("no token", "members", "-rpc-auth=");
        ask("wrong token", "members", "-rpc-auth=simsim");
        ask("event without a token", "event", "-rpc-auth=", "x");
        ask("keys without a token", "keys", "-rpc-auth=", "-list");
        members("right token");
    }

    private void keys() throws Exception {
        keys("list keys", "-list");
        keys("install a key", "-install=" + OTHER_KEY);
        keys("install it again", "-install=" + OTHER_KEY);
        keys("list two keys", "-list");
        keys("use a key", "-use=" + OTHER_KEY);
        members("members with the new key");
        keys("remove the key in use", "-remove=" + OTHER_KEY);
        keys("remove a key", "-remove=" + Site.KEY);
        keys("use a key that is gone", "-use=" + Site.KEY);
        keys("remove a key that nobody has", "-remove=" + THIRD_KEY);
        keys("list the key that is left", "-list");
        keys("install what is not base64", "-install=abcd!fgh");
        keys("install a key of 3 bytes", "-install=YWJj");
    }

    private void keys(String name, String flag) throws IOException, InterruptedException {
        add(name, site.ask("keys", flag).unordered());
    }
}
