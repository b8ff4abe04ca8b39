/**
 * The front of a streaming server, up to the upgrade.
 *
 * <p>Owns: URLs and their tokens, the listening socket, connections from accept to close, the one
 * HTTP request of each, and the choice between WebSocket and SPDY. Must not know: what flows on a
 * connection after its upgrade.
 */
package io.conmonj.streaming.server;
