/**
 * What a monitor is asked for, and what it answers: a request for each thing that it can do, and
 * the results that are more than a number or a text. All are immutable.
 *
 * <p>Owns: the checks that need no monitor. Must not know: the control socket, the messages on it,
 * sessions.
 */
package io.conmonj.client.model;
