package dev.hearsay.agent.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Keeps logback from its search for configuration files, which costs time at each start; {@link AgentLog} sets it up. A
 * program that has the agent on its class path and brings a {@code logback.xml} of its own keeps that.
 */
public final class NoConfiguration extends ContextAwareBase implements Configurator {

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        return NoConfiguration.class.getResource("/logback.xml") == null
                ? ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY
                : ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
}
