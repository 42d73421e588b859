/** Shards divided among members without a leader: {@code Rendezvous} says whose each is, {@code Worker} hands them over. */
@NullMarked
package dev.hearsay.examples.claim;

import org.jspecify.annotations.NullMarked;
