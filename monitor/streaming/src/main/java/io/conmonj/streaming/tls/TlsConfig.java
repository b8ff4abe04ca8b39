package io.conmonj.streaming.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a server proves itself with and whom it serves. The files are PEM and may be replaced at any
 * time.
 *
 * @param certificate the server's certificate, and what leads from it to its CA
 * @param key its private key: PKCS#8, PKCS#1 or SEC1, not encrypted
 * @param clientCa the CAs one of which must have signed a client's certificate; empty to ask for
 *     none
 * @param minVersion the least version that is spoken
 */
public record TlsConfig(
    Path certificate, Path key, Optional<Path> clientCa, TlsVersion minVersion) {}
