/**
 * The pod: puts the parts of a monitor together, from the control socket to the containers, and
 * ends them in order.
 */
package io.conmonj.monitor.pod;
