package io.conmonj.monitor.pod;

import io.netty.channel.Channel;

/** Who is connected to the sockets of the monitor itself. Loop thread only. */
final class Callers {
  private int connected;
  private boolean served;

  /** One who may ask for anything has come. */
  void calls(Channel caller) {
    served = true;
    comes(caller);
  }

  /** One has come, and is there until the channel is closed. */
  void comes(Channel caller) {
    connected++;
    var _ = caller.closeFuture().addListener(closed -> connected--);
  }

  /** How many are there. */
  int connected() {
    return connected;
  }

  /** Whether there has been one who may ask for anything. */
  boolean served() {
    return served;
  }
}
