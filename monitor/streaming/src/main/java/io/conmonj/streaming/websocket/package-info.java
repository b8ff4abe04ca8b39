/**
 * WebSocket (RFC 6455), server side, and remote command sessions over it: the handshake, the
 * frames, the close handshake, and the Kubernetes subprotocols that put a session's streams into
 * messages.
 *
 * <p>The frame codec is our own because messages here may be many megabytes long and have to be
 * passed on as they arrive: nothing of a message is kept but what a stream's receiver keeps.
 *
 * <p>It knows nothing of processes, and nothing of how a session ends.
 */
package io.conmonj.streaming.websocket;
