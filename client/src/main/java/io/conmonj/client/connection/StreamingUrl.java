package io.conmonj.client.connection;

import java.io.IOException;
import java.net.URI;

/** A URL that was given out for one session: where to connect, and what to ask for there. */
public final class StreamingUrl {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final URI url;
  private final boolean tls;

  private StreamingUrl(URI url, boolean tls) {
    this.url = url;
    this.tls = tls;
  }

  /**
   * Looks at a URL.
   *
   * @param url what to open, {@code http:}, {@code https:}, {@code ws:} or {@code wss:}
   * @return the URL, never null
   * @throws IOException if it is of another kind, or names no host
   */
  public static StreamingUrl of(URI url) throws IOException {
    boolean tls =
        switch (String.valueOf(url.getScheme())) {
          case "http", "ws" -> false;
          case "https", "wss" -> true;
          default ->
              throw new IOException(
                  "open " + withoutToken(url) + ": only http: and https: URLs can be opened");
        };
    if (url.getHost() == null) {
      throw new IOException("open " + withoutToken(url) + ": the URL names no host");
    }
    return new StreamingUrl(url, tls);
  }

  /**
   * Tells whether the connection is by TLS.
   *
   * @return whether it is
   */
  public boolean tls() {
    return tls;
  }

  /**
   * Returns the host to connect to.
   *
   * @return a name or an address, without brackets, never null
   */
  public String host() {
    String host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /**
   * Returns the port to connect to.
   *
   * @return the port
   */
  public int port() {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return tls ? HTTPS_PORT : HTTP_PORT;
  }

  /**
   * Returns the value of the request's {@code Host} header.
   *
   * @return the host, and the port if the URL has one, never null
   */
  public String authority() {
    return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
  }

  /**
   * Returns what the request asks for: the path and the query, as they are encoded in the URL.
   *
   * @return it begins with a slash, never null
   */
  public String target() {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  /** For messages: the last path segment is a secret as long as it has not been used. */
  @Override
  public String toString() {
    return withoutToken(url);
  }

  private static String withoutToken(URI url) {
    String path = url.getPath() == null ? "" : url.getPath();
    String kind = path.substring(0, path.lastIndexOf('/') + 1);
    return url.getScheme() + "://" + url.getAuthority() + kind + "…";
  }
}
