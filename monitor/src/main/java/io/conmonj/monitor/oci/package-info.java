/**
 * The OCI runtime: its command lines, running it, and saying clearly what went wrong with it.
 *
 * <p>This package does not know what becomes of the processes that the runtime makes: no logs, no
 * sessions, no registry.
 */
package io.conmonj.monitor.oci;
