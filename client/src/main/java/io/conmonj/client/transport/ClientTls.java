package io.conmonj.client.transport;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code https:} and {@code wss:} URLs are opened with. The files are read for each
 * connection. No part is ever null.
 *
 * @param authorities the CAs that may vouch for the server, PEM; empty for those that the JDK
 *     trusts
 * @param certificate this side's certificate and its chain, PEM, for servers that ask for one
 * @param key its private key, PEM (PKCS#8, not encrypted); there if the certificate is
 * @param serverName the name that the server's certificate must have, and that is asked for (SNI);
 *     empty for the URL's host
 */
public record ClientTls(
    Optional<Path> authorities,
    Optional<Path> certificate,
    Optional<Path> key,
    Optional<String> serverName) {
  /** Trusts whom the JDK trusts, and shows no certificate. */
  public static final ClientTls DEFAULT =
      new ClientTls(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if there is a certificate without a key, or the reverse
   */
  public ClientTls {
    Objects.requireNonNull(authorities);
    Objects.requireNonNull(serverName);
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException("a certificate and its private key belong together");
    }
  }
}
