/**
 * The commands about the simulator, {@code hearsay sim ...}: they read flags and files, call the module {@code experiment}, and
 * print. No command here talks to an agent.
 */
@NullMarked
package dev.hearsay.agent.cli.sim;

import org.jspecify.annotations.NullMarked;
