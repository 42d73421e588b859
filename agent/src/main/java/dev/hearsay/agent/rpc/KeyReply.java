package dev.hearsay.agent.rpc;

import java.util.Map;

/**
 * What an agent replies to a command about keys.
 *
 * @param error why it failed; empty if it did not
 * @param messages what members said, by name
 * @param keys how many members have each key; only for a list
 * @param members how many live members were asked
 */
public record KeyReply(String error, Map<String, String> messages, Map<String, Long> keys, long members) {}
