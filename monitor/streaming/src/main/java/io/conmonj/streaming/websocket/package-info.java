/**
 * WebSocket (RFC 6455), server side.
 *
 * <p>Owns: the upgrade to it, the frames, the close handshake, and how the streams of a command or
 * of forwarded connections, or the bytes of SPDY, are put into messages. Must not know: processes,
 * and how a session ends.
 *
 * <p>The frame codec is our own because messages here may be many megabytes long and have to be
 * passed on as they arrive: nothing of a message is kept but what a stream's receiver keeps.
 */
package io.conmonj.streaming.websocket;
