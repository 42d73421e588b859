package dev.hearsay.agent.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.slf4j.LoggerFactory;

/**
 * Sends what the process logs into a {@link LogRing}, formatted as Serf does. Configured in code: reading a configuration
 * file would be a noticeable part of the start.
 */
public final class AgentLog extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private final LogRing ring;

    private AgentLog(LogRing ring) {
        this.ring = ring;
    }

    /**
     * From now on every log event of the process goes to the ring. DEBUG lines do even if the console shows less, because
     * {@code monitor} may ask for them later; TRACE lines only if the console wants them.
     *
     * @param console the level that the console shows
     */
    public static void install(LogRing ring, LogLevel console) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.setLevel(Level.WARN);
        level(console);
        AgentLog appender = new AgentLog(ring);
        appender.setContext(context);
        appender.start();
        root.addAppender(appender);
    }

    /** From now on the console shows that level; see {@link #install}. */
    public static void level(LogLevel console) {
        ((LoggerContext) LoggerFactory.getILoggerFactory())
                .getLogger("dev.hearsay")
                .setLevel(console == LogLevel.TRACE ? Level.TRACE : Level.DEBUG);
    }

    @Override
    protected void append(ILoggingEvent event) {
        LogLevel level = level(event.getLevel());
        StringBuilder text = new StringBuilder(96)
                .append(STAMP.format(Instant.ofEpochMilli(event.getTimeStamp())))
                .append(" [")
                .append(level)
                .append("] ")
                .append(subsystem(event.getLoggerName()))
                .append(": ")
                .append(event.getFormattedMessage());
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            text.append('\n').append(ThrowableProxyUtil.asString(thrown).stripTrailing());
        }
        ring.add(new LogLine(level, text.toString()));
    }

    private static LogLevel level(Level level) {
        return switch (level.toInt()) {
            case Level.TRACE_INT -> LogLevel.TRACE;
            case Level.DEBUG_INT -> LogLevel.DEBUG;
            case Level.INFO_INT -> LogLevel.INFO;
            case Level.WARN_INT -> LogLevel.WARN;
            default -> LogLevel.ERR;
        };
    }

    /** Serf names the part that speaks: the agent, its RPC ("ipc"), or the layer below. */
    private static String subsystem(String logger) {
        if (logger.startsWith("dev.hearsay.agent.rpc")) {
            return "agent.ipc";
        }
        if (logger.startsWith("dev.hearsay.agent")) {
            return "agent";
        }
        return logger.startsWith("dev.hearsay") ? "hearsay" : logger;
    }
}
