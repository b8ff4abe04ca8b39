/**
 * TLS under the streaming server: certificates, keys and client CAs from files, and the handler
 * that encrypts. Nothing of it is loaded unless it is configured. It knows no HTTP.
 */
package io.conmonj.streaming.tls;
