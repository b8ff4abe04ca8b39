/**
 * A WebSocket client (RFC 6455) with back-pressure in both directions, exact close codes, and
 * nothing of what is carried.
 *
 * <p>Owns: the upgrade to it, frames, the closing handshake. Must not know: channels of the
 * Kubernetes subprotocols, sessions, containers.
 */
package io.conmonj.client.websocket;
