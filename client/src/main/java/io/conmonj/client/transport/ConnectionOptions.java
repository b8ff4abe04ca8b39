package io.conmonj.client.transport;

import java.util.Objects;

/**
 * How the URL of a streaming session is opened.
 *
 * @param transport what carries its streams, never null
 * @param tls for {@code https:} URLs, never null
 */
public record ConnectionOptions(Transport transport, ClientTls tls) {
  /** Checks the values. */
  public ConnectionOptions {
    Objects.requireNonNull(transport);
    Objects.requireNonNull(tls);
  }

  /**
   * Makes options with a transport and the default TLS.
   *
   * @param transport what carries the streams
   * @return the options, never null
   */
  public static ConnectionOptions over(Transport transport) {
    return new ConnectionOptions(transport, ClientTls.DEFAULT);
  }
}
