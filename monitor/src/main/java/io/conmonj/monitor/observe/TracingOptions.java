package io.conmonj.monitor.observe;

import java.net.URI;

/**
 * Where traces go; checked. Nothing is null.
 *
 * @param endpoint takes OTLP over gRPC; http, with a host
 * @param service what the traces call the program
 */
public record TracingOptions(URI endpoint, String service) {}
