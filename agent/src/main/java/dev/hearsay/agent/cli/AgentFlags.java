package dev.hearsay.agent.cli;

import dev.hearsay.agent.config.Setting;
import java.util.EnumMap;
import java.util.Map;

/** What {@code hearsay agent -help} says about each flag. A flag that is not here is not for people. */
final class AgentFlags {
    /**
     * What is said about a flag.
     *
     * @param param what to call its value; empty for a switch
     * @param text what it does; a default that can be written is added by who shows it
     */
    record Help(String param, String text) {}

    private static final Map<Setting, Help> HELP = new EnumMap<>(Setting.class);

    static {
        sayWhereItIs();
        sayWhatItSays();
        sayHowItBehaves();
        sayWhatItShares();
        sayWhomItTrusts();
    }

    private static void sayWhereItIs() {
        say(Setting.NODE, "NAME", "Name of this member, unique in the cluster. Default: the name of this host.");
        say(Setting.BIND, "HOST[:PORT]", "Where to listen, UDP and TCP. IPv6: [::1]:7946.");
        say(
                Setting.IFACE,
                "NAME",
                "Listens on the address of this network interface, instead of -bind or to verify it.");
        say(
                Setting.ADVERTISE,
                "HOST[:PORT]",
                "Where others reach this member, if not where it listens: an address, or a name looked up once.");
        say(
                Setting.CONFIG,
                "PATH",
                "Reads settings from a file, or from all .json, .yaml and .yml files of a directory. May be repeated. "
                        + "Flags override files.");
        say(
                Setting.JOIN,
                "ADDR",
                "A member to join through. May be repeated. If none answers, the agent exits with 1.");
        say(
                Setting.REPLAY,
                "",
                "Hears the user events again that the cluster remembers from before a join at the start.");
        say(Setting.RETRY_JOIN, "ADDR", "A member to join through, tried again until one answers. May be repeated.");
        say(Setting.RETRY_INTERVAL, "TIME", "How long to wait between attempts of -retry-join; at least 1s.");
        say(Setting.RETRY_MAX, "N", "Exits with 1 after so many attempts of -retry-join. 0: no limit.");
        say(Setting.DISCOVER, "NAME", "Finds other members with the same NAME by multicast DNS, and joins them.");
        say(Setting.MDNS_IFACE, "NAME", "The network interface for -discover. Default: that of -iface.");
        say(Setting.MDNS_DISABLE_IPV4, "", "Does not use IPv4 for -discover.");
        say(Setting.MDNS_DISABLE_IPV6, "", "Does not use IPv6 for -discover.");
    }

    private static void sayWhatItSays() {
        say(Setting.TAGS, "KEY=VALUE", "Says something about this member to the others. May be repeated.");
        say(Setting.ROLE, "ROLE", "The same as -tag role=ROLE, which it overrides.");
        say(
                Setting.TAGS_FILE,
                "FILE",
                "Keeps tags that a command changes, for the next start. Not together with -tag or the key tags.");
        say(Setting.PROFILE, "lan|wan|local", "Timings for the network between the members.");
        say(Setting.RPC_ADDR, "HOST:PORT", "Where to listen for commands.");
        say(Setting.RPC_AUTH, "TOKEN", "What commands must present. Default: nothing.");
        say(
                Setting.HTTP_ADDR,
                "HOST:PORT|off",
                "Where to answer HTTP. Beyond loopback it needs a token. off: nowhere.");
        say(Setting.HTTP_TOKEN, "TOKEN", "What HTTP requests must present. Default: nothing.");
        say(
                Setting.HTTP_TOKEN_FILE,
                "FILE",
                "Where that token stands, so that nobody reads it in the list of processes. HUP reads it again.");
        say(Setting.LOG_LEVEL, "LEVEL", "The least level to log: trace, debug, info, warn or err.");
        say(Setting.SYSLOG, "", "Sends the log to syslog, too, through the program 'logger'.");
    }

    private static void sayHowItBehaves() {
        say(
                Setting.EVENT_HANDLER,
                "[EVENTS=]SCRIPT",
                "Runs a script on events. EVENTS is a comma list of member-join, member-leave, member-failed, "
                        + "member-update, member-reap, user[:NAME], query[:NAME]. May be repeated.");
        say(Setting.HANDLER_TIMEOUT, "TIME", "Kills an event handler that runs longer.");
        say(
                Setting.SNAPSHOT,
                "FILE",
                "Remembers members and clocks there, to rejoin at the next start and to hear no event twice.");
        say(Setting.REJOIN, "", "Rejoins those of the snapshot even after a leave.");
        say(
                Setting.BROADCAST_TIMEOUT,
                "TIME",
                "Longest wait until a farewell has been sent often enough; at least 1s.");
        say(Setting.PROTOCOL, "N", "Serf's protocol version to announce, 2 to 5.");
        say(
                Setting.GUARDS,
                "N",
                "To how many members to keep an idle stream, so that a killed process is noticed at once.");
        say(
                Setting.DETECTOR,
                "swim|heartbeat",
                "How to find out who has failed: by probing members, or by their heartbeats where they send some.");
        say(Setting.HEARTBEAT_INTERVAL, "TIME", "With -detector=heartbeat: how often to send one; at most 10m.");
        say(
                Setting.PHI_THRESHOLD,
                "N",
                "With -detector=heartbeat: suspects a member when that is wrong once in 10^N times; 1 to 100.");
    }

    private static void sayWhatItShares() {
        say(
                Setting.STATE,
                "",
                "Takes part in the state that all members share: facts, maps, sets, counters, registers.");
        say(Setting.STATE_FILE, "FILE", "Keeps shared state there, for the next start.");
        say(Setting.STATE_MODE, "push-then-pull|push-pull|push|pull", "How changes of shared state spread.");
        say(Setting.STATE_FANOUT, "N", "To how many members a change goes in each round; 1 to 32.");
        say(Setting.STATE_INTERVAL, "TIME", "How often to compare shared state with another member.");
        say(
                Setting.STATE_RATE,
                "BYTES",
                "Most bytes of shared state to send in a second. Default: 8388608; with -profile=wan 1048576.");
        say(Setting.STATE_MAX_ENTRIES, "N", "Most entries of shared state, deleted ones included.");
        say(Setting.STATE_MAX_BYTES, "BYTES", "Most memory for shared state.");
        say(Setting.STATE_MAX_VALUE, "BYTES", "Longest value of shared state; at most 1048576.");
        say(Setting.STATE_GRACE, "TIME", "How long a deletion of shared state is remembered.");
    }

    private static void sayWhomItTrusts() {
        say(Setting.ENCRYPT, "KEY", "Encrypts with this key: 16, 24 or 32 bytes in Base64, as keygen prints.");
        say(
                Setting.KEYRING_FILE,
                "FILE",
                "Keys as a JSON list, the one that encrypts first; all decrypt. Rewritten when a command "
                        + "changes keys. Not with -encrypt.");
        say(
                Setting.VERIFY_INCOMING,
                "",
                "With keys: whether to refuse what is not encrypted. false only while keys are rolled out.");
        say(
                Setting.VERIFY_OUTGOING,
                "",
                "With keys: whether to encrypt what is sent. false only while keys are rolled out.");
        say(Setting.LABEL, "NAME", "Talks only to members with the same label. Serf's own agents have none.");
        say(
                Setting.SKIP_INBOUND_LABEL_CHECK,
                "",
                "Accepts what has no label, and only that: for networks that take labels off.");
        say(Setting.ENABLE_COMPRESSION, "", "Compresses what is sent. Compressed input is always read.");
        say(Setting.DISABLE_COMPRESSION, "", "Does not compress, whatever a file says.");
        say(
                Setting.ALLOW_CIDR,
                "NETWORK",
                "Lists only members with an address in this network, as 10.0.0.0/8. May be repeated. No "
                        + "firewall.");
        say(
                Setting.VALIDATE_NODE_NAMES,
                "",
                "Lists only members whose name is made of A-Z, a-z, 0-9, - and . and at most 128 long.");
    }

    private AgentFlags() {}

    private static void say(Setting setting, String param, String text) {
        HELP.put(setting, new Help(param, text));
    }

    /** What to say about the setting's flag; empty texts for one that is not for people. */
    static Help of(Setting setting) {
        return HELP.getOrDefault(setting, new Help("", ""));
    }
}
