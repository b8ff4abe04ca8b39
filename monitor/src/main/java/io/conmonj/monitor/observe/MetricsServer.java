package io.conmonj.monitor.observe;

import io.netty.channel.Channel;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Answers those who have connected to ask for metrics, over HTTP: one request for each connection.
 * Loop thread only.
 */
public final class MetricsServer {
  /** Scrapers and curious people, at once. Of more the oldest is closed: it has had the longest. */
  static final int MOST_CONNECTIONS = 16;

  private final MetricsSource source;
  private final Set<Channel> open = new LinkedHashSet<>();

  /** A server that tells what the source says. */
  public MetricsServer(MetricsSource source) {
    this.source = source;
  }

  /** Somebody has connected: adds what answers. The channel need not be registered yet. */
  public void connected(Channel channel) {
    if (open.size() >= MOST_CONNECTIONS) {
      var _ = open.iterator().next().close();
    }
    open.add(channel);
    channel.closeFuture().addListener(closed -> open.remove(channel));
    channel.pipeline().addLast(new ScrapeHandler(source));
  }
}
