/**
 * The logic of an exec or attach session.
 *
 * <p>Owns: its five streams (input, output, error output, error, resize), the order in which it
 * ends, and the Status that says how. Must not know: frames; a transport implements {@link
 * io.conmonj.streaming.remotecommand.RemoteCommandTransport} with its own. Nor processes: those are
 * the {@link io.conmonj.streaming.StreamingBackend}'s.
 */
package io.conmonj.streaming.remotecommand;
