package io.conmonj.streaming.remotecommand;

import io.conmonj.streaming.TerminalSize;
import io.conmonj.streaming.TerminalSizes;
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

  private void resized(TerminalSize size) {
    latest = size;
    if (action != null) {
      action.accept(size);
    }
  }
}
