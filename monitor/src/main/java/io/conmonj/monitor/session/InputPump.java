package io.conmonj.monitor.session;

import io.conmonj.monitor.stdio.PipeWriter;
import io.conmonj.streaming.InboundStream;
import io.netty.buffer.ByteBuf;

/**
 * Carries what a client types to a process, no faster than the process reads it. Loop thread only.
 */
public final class InputPump implements InboundStream.Receiver {
  private final InboundStream from;
  private final PipeWriter to;
  private final Runnable onEnd;
  private final Runnable onRefused;

  /**
   * @param onEnd what the end of the client's input means for the process
   * @param onRefused told when input comes that the process does not get, because its input has
   *     been ended for it
   */
  public InputPump(InboundStream from, PipeWriter to, Runnable onEnd, Runnable onRefused) {
    this.from = from;
    this.to = to;
    this.onEnd = onEnd;
    this.onRefused = onRefused;
  }

  @Override
  public void data(ByteBuf bytes) {
    // Bytes for a process that has closed its input are dropped, as if it had read them.
    var written = to.write(bytes);
    if (written.isCompletedExceptionally()) {
      onRefused.run();
    } else if (!written.isDone()) {
      from.pause();
      var _ = written.whenComplete((done, failed) -> from.resume());
    }
  }

  @Override
  public void end() {
    onEnd.run();
  }
}
