/**
 * The logic of forwarded connections: bytes both ways with half-close, resets, and one connection
 * that fails or stalls without harm to the others. It speaks to a client through {@link
 * io.conmonj.streaming.portforward.PairStreams} and knows no frames; a target is a connected
 * channel that the {@link io.conmonj.streaming.StreamingBackend} hands over, for instance from a
 * {@link io.conmonj.streaming.tcp.TcpDialler}.
 */
package io.conmonj.streaming.portforward;
