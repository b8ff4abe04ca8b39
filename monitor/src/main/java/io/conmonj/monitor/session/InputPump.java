package io.conmonj.monitor.session;

import io.conmonj.monitor.stdio.PipeWriter;
import io.conmonj.monitor.streaming.InboundStream;
import io.netty.buffer.ByteBuf;

/**
 * Carries what a client types to a process, no faster than the process reads it. Loop thread only.
 */
final class InputPump implements InboundStream.Receiver {
  private final InboundStream from;
  private final PipeWriter to;
  private final boolean terminal;

  /**
   * @param terminal whether the end of the client's input is kept from the process: closing a
   *     terminal would hang it up, which nobody asked for
   */
  InputPump(InboundStream from, PipeWriter to, boolean terminal) {
    this.from = from;
    this.to = to;
    this.terminal = terminal;
  }

  void start() {
    var _ = to.closed().thenRun(from::discard);
    from.receive(this);
  }

  @Override
  public void data(ByteBuf bytes) {
    var written = to.write(bytes);
    if (!written.isDone()) {
      from.pause();
      var _ = written.whenComplete((done, failed) -> from.resume());
    }
  }

  @Override
  public void end() {
    if (!terminal) {
      to.closeWhenWritten();
    }
  }
}
