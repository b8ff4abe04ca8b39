/**
 * Sessions with a process in a container, as the client of the Kubernetes remote command protocol:
 * streams, window size and how it ended.
 *
 * <p>{@link io.conmonj.client.remotecommand.ContainerSession} is the session logic. It speaks to a
 * {@link io.conmonj.client.remotecommand.StreamTransport}, of which there is one for each wire
 * protocol, and knows no frames; a transport knows no sessions.
 *
 * <p>Must not know: where the URL comes from, terminals of this machine.
 */
package io.conmonj.client.remotecommand;
