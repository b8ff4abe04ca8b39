/**
 * Streaming sessions on containers: what the streaming server asks for, done with the containers of
 * this pod. Knows streams and processes, but no wire formats, and does not run the OCI runtime
 * itself.
 */
package io.conmonj.monitor.session;
