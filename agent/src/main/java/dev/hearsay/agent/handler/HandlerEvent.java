package dev.hearsay.agent.handler;

import dev.hearsay.agent.EventNames;
import dev.hearsay.api.ClusterMember;
import dev.hearsay.api.IncomingQuery;
import dev.hearsay.api.UserEvent;
import dev.hearsay.core.Bytes;
import dev.hearsay.core.membership.IpText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a script is run for. */
sealed interface HandlerEvent {
    /** Its kind, as filters name it. */
    String kind();

    /** The name of a user event or query; else empty. */
    String name();

    /** What is written to the script's standard input, byte for byte as Serf does. */
    byte[] input();

    /** What only events of this kind add to the script's environment. */
    Map<String, String> environment();

    /**
     * Something happened to members.
     *
     * @param members at least one, each once
     */
    record Members(String kind, List<ClusterMember> members) implements HandlerEvent {
        @Override
        public String name() {
            return "";
        }

        /** A line for each: name, address, role and tags, with tabs between. */
        @Override
        public byte[] input() {
            StringBuilder lines = new StringBuilder();
            for (ClusterMember member : members) {
                Map<String, String> tags = member.tags();
                String all = new TreeMap<>(tags)
                        .entrySet().stream()
                                .map(tag -> tag.getKey() + "=" + tag.getValue())
                                .collect(Collectors.joining(","));
                lines.append(escaped(member.name()))
                        .append('\t')
                        .append(IpText.text(member.address().getAddress().getAddress()))
                        .append('\t')
                        .append(escaped(tags.getOrDefault("role", "")))
                        .append('\t')
                        .append(escaped(all))
                        .append('\n');
            }
            return lines.toString().getBytes(StandardCharsets.UTF_8);
        }

        private static String escaped(String text) {
            return text.replace("\t", "\\t").replace("\n", "\\n");
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public String toString() {
            return kind;
        }
    }

    /** Somebody told everybody something. */
    record User(UserEvent event) implements HandlerEvent {
        @Override
        public String kind() {
            return EventNames.USER;
        }

        @Override
        public String name() {
            return event.name();
        }

        @Override
        public byte[] input() {
            return line(event.payload());
        }

        @Override
        public Map<String, String> environment() {
            return Map.of("SERF_USER_EVENT", event.name(), "SERF_USER_LTIME", Long.toUnsignedString(event.time()));
        }

        @Override
        public String toString() {
            return "user-event: " + event.name();
        }
    }

    /** Somebody asks something; what the script prints is the answer. */
    record Query(IncomingQuery query) implements HandlerEvent {
        @Override
        public String kind() {
            return EventNames.QUERY;
        }

        @Override
        public String name() {
            return query.name();
        }

        @Override
        public byte[] input() {
            return line(query.payload());
        }

        @Override
        public Map<String, String> environment() {
            return Map.of("SERF_QUERY_NAME", query.name(), "SERF_QUERY_LTIME", Long.toUnsignedString(query.time()));
        }

        @Override
        public String toString() {
            return "query: " + query.name();
        }
    }

    /** The payload, ending in a line feed: most shells' {@code read} needs one. An empty payload stays empty. */
    private static byte[] line(Bytes payload) {
        int length = payload.length();
        boolean ended = length == 0 || payload.at(length - 1) == '\n';
        byte[] line = new byte[ended ? length : length + 1];
        payload.copyTo(line, 0);
        if (!ended) {
            line[length] = '\n';
        }
        return line;
    }
}
