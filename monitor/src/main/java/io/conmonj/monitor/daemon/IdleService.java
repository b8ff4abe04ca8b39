package io.conmonj.monitor.daemon;

import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;

/** A service that does nothing, for tests of the process around it. */
public final class IdleService implements Service {
  @Override
  public void connected(Channel channel) {}

  @Override
  public void reopenLogs() {}

  @Override
  public void dump(StringBuilder to) {}

  @Override
  public boolean owns(int pid) {
    return false;
  }

  @Override
  public CompletableFuture<Void> shutDown() {
    return CompletableFuture.completedFuture(null);
  }
}
