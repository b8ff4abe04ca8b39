/**
 * Where the sessions of a server are made.
 *
 * <p>Owns: what all of them have in common, which is the server's backend, limits, event loop and
 * list of sessions. Must not know: how a client is connected.
 */
package io.conmonj.streaming.session;
