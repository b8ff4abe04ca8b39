/**
 * The change of a connection from HTTP to another protocol: what a client offers, what is chosen of
 * it, and the answer. Owns no protocol.
 */
package io.conmonj.streaming.upgrade;
