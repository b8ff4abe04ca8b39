/**
 * The RPC service on the control socket: one class for each method, which turns a request into
 * calls of the pod's containers and what they say into a response. Knows nothing of how the bytes
 * of containers move.
 */
package io.conmonj.monitor.control;
