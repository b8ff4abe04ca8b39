/**
 * Container logs in the Kubernetes CRI format, read as they are and followed while they grow and
 * are rotated.
 *
 * <p>Must not know: monitors, connections.
 */
package io.conmonj.client.log;
