package io.conmonj.monitor.daemon;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How the monitor is to serve streaming; checked, as far as it can be without listening. Nothing is
 * null.
 *
 * @param address where to listen; not a wildcard unless clients have to prove who they are
 * @param port where to listen; 0 for any free one
 * @param baseUrl what URLs begin with; empty for the address in use
 * @param idleTimeout how long a session may carry no data; zero for ever
 * @param tls how it is encrypted; empty for not at all
 */
public record StreamingOptions(
    InetAddress address,
    int port,
    Optional<URI> baseUrl,
    Duration idleTimeout,
    Optional<TlsOptions> tls) {}
