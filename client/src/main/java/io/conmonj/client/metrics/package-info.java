/**
 * The metrics of monitors, as text: reading one's from its socket, finding those of a node, and
 * making one text of many.
 */
package io.conmonj.client.metrics;
