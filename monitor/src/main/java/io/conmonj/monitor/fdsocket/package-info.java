/**
 * The descriptor socket: clients send open descriptors over it and name them, by the slots that
 * they get, when they create a container. Knows nothing of containers.
 */
package io.conmonj.monitor.fdsocket;
