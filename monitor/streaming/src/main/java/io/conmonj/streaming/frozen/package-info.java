/**
 * What is written down of a server and its sessions, so that another server can go on with them.
 *
 * <p>Owns: the form in which it is written. Must not know: what it means; who is written down knows
 * that, and reads it again.
 */
package io.conmonj.streaming.frozen;
