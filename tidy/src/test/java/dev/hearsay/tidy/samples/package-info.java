/** Small classes that do what the house forbids, so that each rule is seen to fail. */
package dev.hearsay.tidy.samples;
