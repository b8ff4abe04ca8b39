/**
 * The HTTP side of the streaming server: URLs and their tokens, the listening socket, and the
 * requests up to the upgrade. It chooses the protocol of a connection and hands it over; what then
 * flows on it, it does not know.
 */
package io.conmonj.streaming.server;
