/**
 * Clients that do what no client should, each in one way, on the streaming server of a real
 * monitor.
 */
package io.conmonj.it.hostile;
