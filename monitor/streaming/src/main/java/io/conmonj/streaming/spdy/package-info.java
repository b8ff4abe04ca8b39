/**
 * SPDY/3.1, server side, as far as Kubernetes clients use it.
 *
 * <p>Owns: the upgrade to it, the life of a connection, which stream is what to a command or to a
 * forwarded connection, and how long a client may take to open them. Must not know: processes, and
 * how a session ends. Frames and streams are in {@code wire}, for a client has the same.
 *
 * <p>Netty's session handler is not used: it waits for window updates, which the clients (all of
 * them built on one Go library) never send, and would stop for ever after 64 KiB. Flow control is
 * that of TCP: output is produced only while the connection takes it, and when the receiver of a
 * stream does not keep up, nothing more is read.
 */
package io.conmonj.streaming.spdy;
