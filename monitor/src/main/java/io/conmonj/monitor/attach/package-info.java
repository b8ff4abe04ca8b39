/**
 * The attach sockets of conmon-rs: where a container runtime on the same machine joins a
 * container's streams. Knows containers and their output, and how it looks in packets; its clients
 * are counted and listed with those of the streaming server.
 */
package io.conmonj.monitor.attach;
