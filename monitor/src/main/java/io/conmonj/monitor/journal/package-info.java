/**
 * The monitor's own log messages (not the containers' output): an SLF4J provider as small as the
 * monitor needs, and where messages can go. All other packages may use it; it uses the kernel
 * module only.
 */
package io.conmonj.monitor.journal;
