/**
 * Sessions with a process in a container, as the client of the Kubernetes remote command protocol:
 * streams, window size and how it ended.
 *
 * <p>{@link io.conmonj.client.remotecommand.ContainerSession} is what a program has of a session,
 * {@link io.conmonj.client.remotecommand.SessionEvents} the logic behind it. That speaks to a
 * {@link io.conmonj.client.remotecommand.StreamTransport}, of which there is one for WebSocket and
 * one for SPDY, and knows no frames; a transport knows no sessions.
 *
 * <p>Must not know: where the URL comes from, terminals of this machine.
 */
package io.conmonj.client.remotecommand;
