/**
 * The holder, as its worker sees it: the small process that is the monitor to the outside, that
 * starts programs, reaps them, and keeps descriptors and state for the worker after this one. Its
 * protocol is described in {@code native/src/main/c/PROTOCOL.md}. Knows nothing of containers.
 */
package io.conmonj.monitor.holder;
