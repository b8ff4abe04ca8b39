package io.conmonj.streaming.server;

import io.conmonj.streaming.StreamingRequest;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/**
 * The URLs that a server gives out, from when it listens until it is closed. Used on the event loop
 * thread only.
 */
final class Urls {
  private final StreamingConfig config;
  private final Tokens tokens;
  private final Listening listening;
  private boolean closed;

  /**
   * @param config says what a URL begins with
   * @param tokens are what it ends with
   * @param listening is what it leads to where no other base is configured
   */
  Urls(StreamingConfig config, Tokens tokens, Listening listening) {
    this.config = config;
    this.tokens = tokens;
    this.listening = listening;
  }

  /**
   * Makes one for a request, and listens before if that is still to be done.
   *
   * @return fails with {@link TooManyTokensException}, or as {@link Listening#socket} does, or with
   *     {@link IllegalStateException} after {@link #close}
   */
  CompletableFuture<URI> urlFor(StreamingRequest request) {
    CompletableFuture<URI> url = new CompletableFuture<>();
    if (closed) {
      url.completeExceptionally(new IllegalStateException("the streaming server is closed"));
      return url;
    }
    var _ =
        listening
            .socket()
            .whenComplete(
                (socket, failure) -> {
                  if (failure == null) {
                    complete(url, request, socket);
                  } else {
                    url.completeExceptionally(failure);
                  }
                });
    return url;
  }

  /** Gives out no more; those that were are good for nothing any longer. */
  void close() {
    closed = true;
    tokens.clear();
  }

  private void complete(CompletableFuture<URI> url, StreamingRequest request, Channel listener) {
    try {
      String scheme = config.tls().isPresent() ? "https://" : "http://";
      String base =
          config.baseUrl().map(URI::toString).orElseGet(() -> scheme + authority(listener));
      String slash = base.endsWith("/") ? "" : "/";
      url.complete(URI.create(base + slash + request.kind().path() + "/" + tokens.issue(request)));
    } catch (TooManyTokensException | RuntimeException e) {
      url.completeExceptionally(e);
    }
  }

  private static String authority(Channel listener) {
    InetSocketAddress address = (InetSocketAddress) listener.localAddress();
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }
}
