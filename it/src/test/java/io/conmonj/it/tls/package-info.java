/** The streaming server with TLS, and our own client with it. */
package io.conmonj.it.tls;
