/**
 * The standard streams of processes: reading and writing pipes and terminals on the event loop with
 * back-pressure, receiving a terminal from an OCI runtime, handing one output to several readers,
 * and knowing when an output is over.
 *
 * <p>This package does not know who listens: no logs, no containers, no sessions.
 */
package io.conmonj.monitor.stdio;
