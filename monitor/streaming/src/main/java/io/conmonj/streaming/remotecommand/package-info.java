/**
 * The logic of an exec or attach session: five streams (input, output, error output, error,
 * resize), the order in which a session ends, and the Status that says how. It speaks to a client
 * through {@link io.conmonj.streaming.remotecommand.RemoteCommandTransport} and knows no frames; it
 * speaks to a backend through {@link io.conmonj.streaming.StreamingBackend} and knows no processes.
 */
package io.conmonj.streaming.remotecommand;
