package io.conmonj.client.cli;

import io.conmonj.client.model.WindowSize;
import java.io.IOException;
import java.util.Optional;

/** The terminal of this process. */
interface StdinTerminal extends AutoCloseable {
  /** Opens terminals. */
  interface Source {
    /**
     * Opens the terminal of standard input.
     *
     * @return the terminal, or empty if standard input is not one
     */
    Optional<StdinTerminal> open() throws IOException;
  }

  /** Returns its size; empty if it does not know. */
  Optional<WindowSize> size();

  /** Has this run whenever the size has changed, on a thread of its own. */
  void onResize(Runnable listener);

  /** Passes every key on as it is, until this is closed; signals that end the process close it. */
  void enterRawMode();

  /** Restores the modes that it was opened with. Closing again does nothing. */
  @Override
  void close();
}
