/**
 * Ports of a pod, reached through ports of this machine.
 *
 * <p>Owns: listening here, one pair of streams for each connection, back-pressure and ends in both
 * directions. Must not know: frames, terminals, how a person is told.
 */
package io.conmonj.client.portforward;
