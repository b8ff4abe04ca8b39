package io.conmonj.streaming.remotecommand;

import io.conmonj.streaming.TerminalSize;
import io.conmonj.streaming.TerminalSizes;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The resize stream of a session: a sequence of JSON objects in any chunks, of which the latest
 * valid size counts. The first error ends resizing and nothing else, as in the kubelet's library.
 */
final class ResizeStream implements TerminalSizes {
  private final ResizeParser parser = new ResizeParser(this::resized);
  private TerminalSize latest;
  private Consumer<TerminalSize> action;

  /** Takes a chunk; the caller keeps its ownership. */
  void parse(ByteBuf bytes) {
    parser.parse(bytes);
  }

  @Override
  public Optional<TerminalSize> latest() {
    return Optional.ofNullable(latest);
  }

  @Override
  public void onSize(Consumer<TerminalSize> action) {
    this.action = action;
    if (latest != null) {
      action.accept(latest);
    }
  }

  /** Writes down the latest size, and what may become the next. */
  void freeze(StateWriter out) {
    parser.freeze(out);
    out.flag(latest != null);
    if (latest != null) {
      out.number(latest.columns()).number(latest.rows());
    }
  }

  /** Goes on where another one has been. */
  void thaw(StateReader in) throws UnreadableStateException {
    parser.thaw(in);
    if (in.flag()) {
      latest = new TerminalSize(in.number(), in.number());
    }
  }

  private void resized(TerminalSize size) {
    latest = size;
    if (action != null) {
      action.accept(size);
    }
  }
}
