package io.conmonj.streaming;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The sizes a client gives its terminal. The latest is kept, so that one that came before the
 * process was started can be set before the process writes anything. All methods are called, and
 * the callback runs, on the event loop thread.
 */
public interface TerminalSizes {

  /** The latest size; empty before the first. */
  Optional<TerminalSize> latest();

  /**
   * Sets what to do with each size.
   *
   * @param action called at once with the latest size if there is one, then on each change;
   *     replaces an earlier one
   */
  void onSize(Consumer<TerminalSize> action);
}
