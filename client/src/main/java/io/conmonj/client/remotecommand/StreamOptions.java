package io.conmonj.client.remotecommand;

import io.conmonj.client.model.WindowSize;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Transport;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * How a session is connected to this side.
 *
 * <p>The sinks are written to by one thread of the session's own. A sink may block: then the
 * command is slowed down, and at most {@value SinkWriter#FULL} bytes and one read wait for it. They
 * are flushed whenever nothing more waits, and never closed.
 *
 * @param stdout takes the command's output, never null
 * @param stderr takes its error output (nothing comes with a terminal), never null
 * @param size the terminal's size, sent before anything else; empty for none
 * @param connection how the connection is made, never null
 */
public record StreamOptions(
    OutputStream stdout,
    OutputStream stderr,
    Optional<WindowSize> size,
    ConnectionOptions connection) {
  /** WebSocket, with the default TLS. */
  private static final ConnectionOptions DEFAULT = ConnectionOptions.over(Transport.WEBSOCKET);

  /** Checks the values. */
  public StreamOptions {
    Objects.requireNonNull(stdout);
    Objects.requireNonNull(stderr);
    Objects.requireNonNull(size);
    Objects.requireNonNull(connection);
  }

  /**
   * Makes options for a command without a terminal.
   *
   * @param stdout takes its output
   * @param stderr takes its error output
   * @return the options, never null
   */
  public static StreamOptions of(OutputStream stdout, OutputStream stderr) {
    return new StreamOptions(stdout, stderr, Optional.empty(), DEFAULT);
  }

  /**
   * Makes options for a command with a terminal.
   *
   * @param output takes its output
   * @param size the terminal's first size
   * @return the options, never null
   */
  public static StreamOptions terminal(OutputStream output, WindowSize size) {
    return new StreamOptions(output, OutputStream.nullOutputStream(), Optional.of(size), DEFAULT);
  }

  /**
   * Returns the same options with another way to connect.
   *
   * @param other how the connection is made
   * @return new options, never null
   */
  public StreamOptions withConnection(ConnectionOptions other) {
    return new StreamOptions(stdout, stderr, size, other);
  }
}
