/**
 * What all TCP connections of the server need, whatever they carry.
 *
 * <p>Owns: how much is read in a turn of the event loop, how a connection is closed so that its
 * peer gets the last bytes, and how a peer's end is noticed while nothing is read. Must not know:
 * any protocol.
 */
package io.conmonj.streaming.socket;
