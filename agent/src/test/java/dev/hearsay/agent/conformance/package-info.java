/**
 * The same steps, typed into Serf's command line and into ours, each against an agent of Serf's and one of ours: what is
 * printed, and the exit codes, have to be the same, but for what docs/serf-compatibility.md lists.
 */
@NullMarked
package dev.hearsay.agent.conformance;

import org.jspecify.annotations.NullMarked;
