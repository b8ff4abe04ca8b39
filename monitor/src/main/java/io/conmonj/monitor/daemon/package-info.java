/**
 * The life of the monitor's process: the start sequence up to readiness, signals, ordered shutdown,
 * and the control socket's connections, which it hands on. Must not know of wire formats.
 */
package io.conmonj.monitor.daemon;
