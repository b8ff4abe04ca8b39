/**
 * The monitor's own log messages (not the containers' output): an SLF4J provider as small as the
 * monitor needs, and where messages can go. Everything else calls it; it calls nobody.
 */
package io.conmonj.monitor.journal;
