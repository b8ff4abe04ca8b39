package io.conmonj.streaming.server;

import io.conmonj.streaming.SessionKind;
import java.util.Optional;

/**
 * Where a request goes: {@code <prefix>/<kind>/<token>}. A query is ignored, since a proxy may add
 * one and nothing in it has any influence.
 *
 * @param kind the kind of session
 * @param token the secret; not empty
 */
record Route(SessionKind kind, String token) {
  /** Of the absolute form, which servers must accept: RFC 9112, 3.2.2. */
  private static final String[] SCHEMES = {"http://", "https://"};

  /**
   * Finds the route of a request.
   *
   * @param uri the request's target, as sent
   * @param prefix of all routes: empty, or with a slash at its start and none at its end
   */
  static Optional<Route> of(String uri, String prefix) {
    String path = path(uri);
    for (SessionKind kind : SessionKind.values()) {
      String start = prefix + "/" + kind.path() + "/";
      if (path.startsWith(start)) {
        String token = path.substring(start.length());
        return token.isEmpty() || token.indexOf('/') >= 0
            ? Optional.empty()
            : Optional.of(new Route(kind, token));
      }
    }
    return Optional.empty();
  }

  /** Without the query, and without scheme and authority of a target in absolute form. */
  private static String path(String uri) {
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    for (String scheme : SCHEMES) {
      if (path.regionMatches(true, 0, scheme, 0, scheme.length())) {
        int start = path.indexOf('/', scheme.length());
        return start < 0 ? "/" : path.substring(start);
      }
    }
    return path;
  }

  /** Without the token, which is a secret. */
  @Override
  public String toString() {
    return kind.path();
  }
}
