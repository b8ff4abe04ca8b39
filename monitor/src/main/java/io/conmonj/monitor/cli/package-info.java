/**
 * The monitor's command line: flags, environment variables, version output and exit codes. It hands
 * what it read to the daemon and must not know of sockets.
 */
package io.conmonj.monitor.cli;
