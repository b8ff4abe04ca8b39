/**
 * Containers and the further processes in them: creating them through the OCI runtime, their states
 * and output, and the order in which they end.
 *
 * <p>This package knows no protocol: who asks for a container or follows a process, and over what,
 * is not its business. README.md beside this file follows a container from its creation to its end.
 */
package io.conmonj.monitor.container;
