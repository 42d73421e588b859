package dev.hearsay.examples.deploy;

/** Puts a version in the place of the one that runs: what a deploy is about. */
@FunctionalInterface
interface Installer {
    /** Blocks until the version runs, or has turned out not to; returns which of both. */
    boolean install(String version) throws InterruptedException;
}
