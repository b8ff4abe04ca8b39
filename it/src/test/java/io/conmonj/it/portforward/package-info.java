/** Ports of a pod forwarded by our own client. */
package io.conmonj.it.portforward;
