/**
 * The client's side of the streaming protocols, frame by frame: for clients that break the rules,
 * go away in the middle, or must cost little. What they are sent is written here independently of
 * the code under test.
 */
package io.conmonj.it.wire;
