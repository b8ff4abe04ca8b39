/**
 * The change of a connection from HTTP to another protocol.
 *
 * <p>Owns: how what a client offers is read, how one of it is chosen, and the form of the answer.
 * Must not know: the protocols.
 */
package io.conmonj.streaming.upgrade;
