/**
 * Which sessions there are now.
 *
 * <p>Owns: the list, the numbers by which sessions are called, what each has carried, and how long
 * one may carry nothing. Must not know: how a session is carried; it only asks one to end.
 */
package io.conmonj.streaming.live;
