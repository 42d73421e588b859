package dev.hearsay.agent.conformance;

import static dev.hearsay.agent.conformance.Difference.agent;
import static dev.hearsay.agent.conformance.Difference.commands;

import java.util.List;

/** All differences that the steps show; docs/serf-compatibility.md says why each is there. */
final class Differences {
    static final List<Difference> ALL = List.of(
            commands(
                    "usage-errors",
                    "Error: ",
                    "agent's address is no address",
                    "bad tag filter",
                    "bad format",
                    "unknown flag",
                    "no tags",
                    "bad tag",
                    "event without a name",
                    "event with too many arguments",
                    "bad switch",
                    "query with a bad tag",
                    "query with too many relays",
                    "query with a bad time",
                    "query in a bad format",
                    "query without a name",
                    "round trip without a name",
                    "keys without a flag",
                    "keys with two flags",
                    "info in a bad format",
                    "join without an address",
                    "force-leave without a name",
                    "monitor with a bad level"),
            commands(
                    "extra-arguments",
                    "Error: Unmatched argument at index 1: 'extra'",
                    "argument that is not expected"),
            commands("help", "Usage: hearsay ", "unknown command", "no command", "help", "help of a command"),
            commands("version", "Hearsay ", "version"),
            commands(
                    "connection-errors",
                    "Error connecting to Hearsay agent at NET.1:7373: ",
                    "agent down",
                    "leave again",
                    "wrong token"),
            commands("role-warning", "role=db", "members by role"),
            commands("capabilities", "Capabilities: ", "members with details"),
            commands("bad-expressions", "Error retrieving members: the agent closed the connection", "bad expression"),
            agent("bad-expressions", "missing closing ): `(`", "bad expression", "query with a bad expression"),
            agent("info-figures", "\theap_used_mb\n", "info: names of figures"),
            agent("tags-limit", "must be at most 512", "tags too long"),
            agent("key-size", "Error installing key: key size must be 16, 24 or 32 bytes", "install a key of 3 bytes"),
            agent("join-errors", "Error joining the cluster: no seed answered: ", "join nobody"),
            agent("join-errors", "cannot resolve 'nosuch.invalid'", "join a name that does not exist"),
            commands(
                    "force-leave-warning",
                    "Warning: the agent knows no member named 'nosuch'",
                    "force-leave of an unknown name",
                    "prune of an unknown name"),
            commands("monitor-events", "\tPayload: \"here\"\n", "monitor"));

    private Differences() {}
}
