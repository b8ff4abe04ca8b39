/**
 * What both ends of a streaming connection say, so that a client and a server cannot drift apart.
 *
 * <p>Owns: the names of protocols and headers, the numbers of channels, the fields of the final
 * Status, WebSocket's numbers, and SPDY for either role: the codec's settings, the frames that are
 * sent, and the streams of a connection. Must not know: sessions, upgrades, who opens which stream
 * and why, and when a connection ends.
 */
package io.conmonj.streaming.wire;
