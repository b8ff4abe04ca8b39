package io.conmonj.monitor.session;

import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.OutboundStream;
import io.conmonj.streaming.SessionStreams;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a client types that reaches nobody: the container was created without input, or that has
 * been ended. The client is told so when there is something to type, not before: many ask for stdin
 * and never send any, and their end ends the session as it always does. Loop thread only.
 */
final class VainInput implements InboundStream.Receiver {
  private static final String TEXT =
      "the container has no stdin: what is typed does not reach it\n";

  private final SessionStreams streams;
  private final Runnable onEnd;
  private boolean told;

  /**
   * @param onEnd called at the end of the input
   */
  VainInput(SessionStreams streams, Runnable onEnd) {
    this.streams = streams;
    this.onEnd = onEnd;
  }

  @Override
  public void data(ByteBuf bytes) {
    bytes.release();
    tell();
  }

  @Override
  public void end() {
    onEnd.run();
  }

  /** Whether the client was told. */
  boolean isTold() {
    return told;
  }

  /** The client was told in another worker. */
  void wasTold(boolean before) {
    told = before;
  }

  /** Tells it on the error output, once. */
  void tell() {
    Optional<OutboundStream> to = streams.stderr().or(streams::stdout);
    if (!told && to.isPresent()) {
      told = true;
      to.get().write(Unpooled.copiedBuffer(TEXT, StandardCharsets.UTF_8));
    }
  }
}
