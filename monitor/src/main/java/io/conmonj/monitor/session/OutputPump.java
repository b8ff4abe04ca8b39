package io.conmonj.monitor.session;

import io.conmonj.monitor.stdio.BytesListener;
import io.conmonj.monitor.stdio.PipeReader;
import io.conmonj.monitor.stdio.StreamEnd;
import io.conmonj.streaming.OutboundStream;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what a process writes to a client. While the client does not keep up the pipe is not
 * read, so the process waits and nothing piles up. Loop thread only.
 */
public final class OutputPump implements BytesListener {
  private static final Logger LOG = LoggerFactory.getLogger(OutputPump.class);

  private final PipeReader from;
  private final OutboundStream to;
  private final Consumer<IOException> onCut;

  /**
   * @param onCut told when the process's output could not be read to its end
   */
  public OutputPump(PipeReader from, OutboundStream to, Consumer<IOException> onCut) {
    this.from = from;
    this.to = to;
    this.onCut = onCut;
    to.onWritable(from::resume);
  }

  @Override
  public void onBytes(ByteBuf bytes) {
    to.write(bytes);
    if (!to.isWritable()) {
      from.pause();
    }
  }

  @Override
  public void onEnd(StreamEnd end) {
    if (end instanceof StreamEnd.Failed failed) {
      LOG.warn("output of a command was cut", failed.cause());
      onCut.accept(failed.cause());
    }
  }
}
