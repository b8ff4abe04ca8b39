package io.conmonj.streaming;

import io.conmonj.streaming.memory.MemoryAccount;
import java.util.Optional;

/**
 * The streams of one exec or attach session, whatever the protocol its client speaks. All methods
 * are called, and all callbacks run, on the event loop thread.
 */
public interface SessionStreams {

  /** What the client sends; empty when it was not asked for. */
  Optional<InboundStream> stdin();

  /** What the client gets as output; empty when it was not asked for. */
  Optional<OutboundStream> stdout();

  /** What the client gets as error output; empty when not asked for, and with a terminal. */
  Optional<OutboundStream> stderr();

  /** The sizes of the client's terminal; silent without a terminal. */
  TerminalSizes terminalSizes();

  /**
   * The session's memory for what goes to the client; what comes from it does not count here, and
   * leaves room for it. A backend that makes buffers for the client makes them with its allocator,
   * or has it adopt them, and makes none while it has no room: so what all sessions hold together
   * stays bounded.
   */
  MemoryAccount memory();

  /** Whether the client is still there. */
  boolean isConnected();

  /**
   * Sets what to do when the client goes away before the work has ended: hang up its terminal, or
   * close its pipes. Runs at most once; at once if the client has gone already; never after the
   * backend's future was completed.
   *
   * @param action called on the event loop thread; replaces an earlier one
   */
  void onDisconnect(Runnable action);
}
