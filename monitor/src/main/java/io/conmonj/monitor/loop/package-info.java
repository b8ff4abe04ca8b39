/**
 * The one thread that owns all state of the monitor, and the ways in which the outside world
 * reaches it: readiness of descriptors, timers, tasks from other threads and the results of work
 * that may block.
 *
 * <p>It is Netty's epoll loop, so that network channels and plain descriptors (pipes, terminals,
 * pidfds) share one wait. This package knows nothing of what the descriptors carry.
 */
package io.conmonj.monitor.loop;
