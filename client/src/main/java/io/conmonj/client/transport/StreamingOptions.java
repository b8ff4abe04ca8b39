package io.conmonj.client.transport;

import java.util.Objects;

/**
 * How the URL of a streaming session is opened.
 *
 * @param transport what carries its streams, never null
 * @param tls for {@code https:} URLs, never null
 */
public record StreamingOptions(Transport transport, ClientTls tls) {
  /** Checks the values. */
  public StreamingOptions {
    Objects.requireNonNull(transport);
    Objects.requireNonNull(tls);
  }

  /**
   * Makes options with a transport and the default TLS.
   *
   * @param transport what carries the streams
   * @return the options, never null
   */
  public static StreamingOptions over(Transport transport) {
    return new StreamingOptions(transport, ClientTls.DEFAULT);
  }
}
