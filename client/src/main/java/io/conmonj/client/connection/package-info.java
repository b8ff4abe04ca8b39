/**
 * The way from a streaming URL to a connection that speaks another protocol than HTTP (RFC 9110
 * §7.8), and the connection's end.
 *
 * <p>Owns: what a URL says, TCP, TLS, the deadline of the answer, refusals, signs of life, a close
 * that nobody can hold up. Must not know: the protocol that is asked for, and what it carries.
 */
package io.conmonj.client.connection;
