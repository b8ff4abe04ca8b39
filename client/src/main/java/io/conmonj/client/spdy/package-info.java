/**
 * A SPDY/3.1 client, as the streaming servers of Kubernetes speak SPDY: streams that the client
 * opens, no flow control but the connection's own, no server push.
 *
 * <p>Owns: the upgrade request, the numbers of streams and pings, the end of a connection. Frames
 * and streams are those of {@link io.conmonj.streaming.wire}, which both ends share. Must not know:
 * what the streams carry, sessions, containers.
 */
package io.conmonj.client.spdy;
