package io.conmonj.monitor.daemon;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The TLS of the streaming server. The files are there; what is in them is seen at the first URL.
 *
 * @param certificate absolute path
 * @param key absolute path of its private key
 * @param clientCa absolute path of the CAs that clients' certificates must be signed by; empty to
 *     ask clients for none
 * @param onlyTls13 whether TLS 1.2 is refused
 */
public record TlsOptions(Path certificate, Path key, Optional<Path> clientCa, boolean onlyTls13) {}
