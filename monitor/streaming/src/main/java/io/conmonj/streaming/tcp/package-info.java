/**
 * What a program connects forwarded ports with, where their targets are TCP ports of "localhost".
 *
 * <p>Owns: which address is tried first, how long, and the settings of a connection. Must not know:
 * who forwards to it, and in which network "localhost" is: the program makes the sockets.
 */
package io.conmonj.streaming.tcp;
