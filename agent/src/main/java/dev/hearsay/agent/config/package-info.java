/**
 * What an agent is told: flags and configuration files, in Serf's words. {@link dev.hearsay.agent.config.Setting} is the one
 * table of all settings; files ({@link dev.hearsay.agent.config.ConfigSource}) and flags go through it alike, and what comes
 * out, checked, is {@link dev.hearsay.agent.config.AgentSettings}.
 */
@NullMarked
package dev.hearsay.agent.config;

import org.jspecify.annotations.NullMarked;
