package io.conmonj.monitor.pod;

import io.netty.channel.Channel;

/** Who is connected to the sockets of the monitor itself. Loop thread only. */
final class Callers {
  private int connected;
  private boolean served;

  /** What is to be done once nobody is there; null for nothing. */
  private Runnable afterwards;

  /** One who may ask for anything has come. */
  void calls(Channel caller) {
    served = true;
    comes(caller);
  }

  /** One has come, and is there until the channel is closed. */
  void comes(Channel caller) {
    connected++;
    var _ = caller.closeFuture().addListener(closed -> goes());
  }

  private void goes() {
    connected--;
    if (connected == 0 && afterwards != null) {
      Runnable due = afterwards;
      afterwards = null;
      due.run();
    }
  }

  /** Has this done once nobody is there any more, in the place of what was to be done then. */
  void onceAllAreGone(Runnable task) {
    afterwards = task;
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
