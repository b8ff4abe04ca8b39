/**
 * TLS under the streaming server. Nothing of it is loaded unless it is configured.
 *
 * <p>Owns: certificates, keys and client CAs from files, and the handler that encrypts. Must not
 * know: HTTP, and what comes after it.
 */
package io.conmonj.streaming.tls;
