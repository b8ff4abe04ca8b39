/**
 * {@code conmonjctl}, the command-line tool: one class for each command.
 *
 * <p>Owns: options, help, the terminal of this machine, exit codes, what is printed. Must not know:
 * how calls and sessions work; it uses the library's public face like any other program.
 */
package io.conmonj.client.cli;
