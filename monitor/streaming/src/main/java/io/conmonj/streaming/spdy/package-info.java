/**
 * SPDY/3.1, server side, as far as Kubernetes clients use it, and the sessions over it: the upgrade
 * from HTTP, the streams of a connection, and which stream carries what.
 *
 * <p>The frames are taken apart by Netty's codec. Its session handler is not used: it waits for
 * window updates, which the clients (all of them built on one Go library) never send, and would
 * stop for ever after 64 KiB. Flow control is that of TCP: output is produced only while the
 * connection takes it, and when the receiver of a stream does not keep up, nothing more is read.
 *
 * <p>It knows nothing of processes, and nothing of how a session ends.
 */
package io.conmonj.streaming.spdy;
