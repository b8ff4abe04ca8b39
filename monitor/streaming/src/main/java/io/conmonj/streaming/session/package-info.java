/**
 * Where the sessions of a server are made. Owns what all of them have in common: the server's
 * backend, limits, event loop and list of sessions. Must not know how a client is connected.
 */
package io.conmonj.streaming.session;
