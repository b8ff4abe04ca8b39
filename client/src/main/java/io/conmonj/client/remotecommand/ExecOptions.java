package io.conmonj.client.remotecommand;

import io.conmonj.client.model.WindowSize;
import io.conmonj.client.transport.StreamingOptions;
import io.conmonj.client.transport.Transport;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * How a session is connected to this side.
 *
 * <p>The sinks are written to by one thread of the session's own. A sink may block: then the
 * command is slowed down, and at most {@value OutputPump#FULL} bytes and one read wait for it. They
 * are flushed whenever nothing more waits, and never closed.
 *
 * @param stdout takes the command's output, never null
 * @param stderr takes its error output (nothing comes with a terminal), never null
 * @param size the terminal's size, sent before anything else; empty for none
 * @param streaming how the connection is made, never null
 */
public record ExecOptions(
    OutputStream stdout,
    OutputStream stderr,
    Optional<WindowSize> size,
    StreamingOptions streaming) {
  /** WebSocket, with the default TLS. */
  private static final StreamingOptions DEFAULT = StreamingOptions.over(Transport.WEBSOCKET);

  /** Checks the values. */
  public ExecOptions {
    Objects.requireNonNull(stdout);
    Objects.requireNonNull(stderr);
    Objects.requireNonNull(size);
    Objects.requireNonNull(streaming);
  }

  /**
   * Makes options for a command without a terminal.
   *
   * @param stdout takes its output
   * @param stderr takes its error output
   * @return the options, never null
   */
  public static ExecOptions of(OutputStream stdout, OutputStream stderr) {
    return new ExecOptions(stdout, stderr, Optional.empty(), DEFAULT);
  }

  /**
   * Makes options for a command with a terminal.
   *
   * @param output takes its output
   * @param size the terminal's first size
   * @return the options, never null
   */
  public static ExecOptions terminal(OutputStream output, WindowSize size) {
    return new ExecOptions(output, OutputStream.nullOutputStream(), Optional.of(size), DEFAULT);
  }

  /**
   * Returns the same options with another way to connect.
   *
   * @param other how the connection is made
   * @return new options, never null
   */
  public ExecOptions withStreaming(StreamingOptions other) {
    return new ExecOptions(stdout, stderr, size, other);
  }
}
