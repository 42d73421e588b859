package dev.hearsay.agent.log;

/**
 * One line of the log.
 *
 * @param level how much it matters
 * @param text the whole line, as {@code 2026/01/31 03:52:52 [INFO] agent: ...}
 */
public record LogLine(LogLevel level, String text) {}
