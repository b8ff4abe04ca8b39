/**
 * The control socket: a connection, and for each call one class that puts a request into its
 * message and takes the reply out of it.
 *
 * <p>Must not know: how the monitor was started, sessions.
 */
package io.conmonj.client.control;
