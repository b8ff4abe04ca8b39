/**
 * TLS under the streaming server. Nothing of it is loaded unless it is configured.
 *
 * <p>Owns: certificates, keys and client CAs from files, the handler that encrypts, and the thread
 * that computes handshakes. Must not know: HTTP, and what comes after it.
 */
package io.conmonj.streaming.tls;
