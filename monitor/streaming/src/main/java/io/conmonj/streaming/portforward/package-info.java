/**
 * The logic of forwarded connections. README.md in this directory tells it as a whole.
 *
 * <p>Owns: bytes both ways with half-close and resets, who holds back whom, and that a connection
 * which fails or stalls does no harm to the others. Must not know: frames; a transport implements
 * {@link io.conmonj.streaming.portforward.PairStreams} with its own. Nor where targets are: they
 * are connected channels that the {@link io.conmonj.streaming.StreamingBackend} hands over.
 */
package io.conmonj.streaming.portforward;
