/**
 * The control socket: a connection, and for each call one class that puts a request into its
 * message and takes the result out of the answer.
 *
 * <p>Must not know: how the monitor was started, sessions, the exceptions that calls fail with
 * ({@link io.conmonj.client.control.CallFailures} makes them).
 */
package io.conmonj.client.control;
