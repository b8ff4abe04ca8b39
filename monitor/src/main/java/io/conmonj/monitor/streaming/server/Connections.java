package io.conmonj.monitor.streaming.server;

import io.conmonj.monitor.streaming.StreamingBackend;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The open connections of a server, from accept to close. Used on the event loop thread only. */
final class Connections extends ChannelInitializer<Channel> {
  private final Set<Channel> open = new HashSet<>();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private boolean closed;

  Connections(StreamingConfig config, Tokens tokens, StreamingBackend backend) {}

  @Override
  protected void initChannel(Channel channel) {
    if (closed) {
      var _ = channel.close();
      return;
    }
    open.add(channel);
    channel.closeFuture().addListener(done -> closed(channel));
  }

  /** Ends all of them; completes when the last is closed. */
  CompletableFuture<Void> close() {
    closed = true;
    for (Channel channel : Set.copyOf(open)) {
      var _ = channel.close();
    }
    completeWhenEmpty();
    return drained;
  }

  private void closed(Channel channel) {
    open.remove(channel);
    completeWhenEmpty();
  }

  private void completeWhenEmpty() {
    if (closed && open.isEmpty()) {
      drained.complete(null);
    }
  }
}
