package io.conmonj.client.cli;

import io.conmonj.client.model.WindowSize;
import io.conmonj.client.remotecommand.ContainerSession;
import io.conmonj.client.remotecommand.ExecStatus;
import io.conmonj.client.remotecommand.StreamOptions;
import io.conmonj.client.transport.ConnectionOptions;
import io.conmonj.client.transport.Replies;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Joins a session with this process's terminal or pipes, from its beginning to its end. */
final class JoinedSession {
  /** Begins the session. */
  interface Opening {
    CompletableFuture<ContainerSession> open(StreamOptions options);
  }

  private final Console console;
  private final Optional<StdinTerminal> terminal;
  private final boolean stdin;

  /**
   * @param console where output goes and input comes from
   * @param terminal of this process, if the session is to have it
   * @param stdin whether input is passed on; a terminal is raw then
   */
  JoinedSession(Console console, Optional<StdinTerminal> terminal, boolean stdin) {
    this.console = console;
    this.terminal = terminal;
    this.stdin = stdin;
  }

  /**
   * Waits for the session's end; the terminal is restored then.
   *
   * @param streaming how the connection is made
   * @param stderr where error output goes
   * @param opening begins the session
   */
  ExecStatus run(ConnectionOptions streaming, OutputStream stderr, Opening opening)
      throws IOException {
    Optional<WindowSize> size = terminal.flatMap(StdinTerminal::size);
    if (stdin) {
      terminal.ifPresent(StdinTerminal::enterRawMode);
    }
    try (ContainerSession session =
        Replies.await(opening.open(new StreamOptions(console.out(), stderr, size, streaming)))) {
      terminal.ifPresent(local -> follow(local, size, session));
      if (stdin) {
        InputCopy.start(console.in(), session.stdin());
      }
      ExecStatus status = Replies.await(session.status());
      terminal.ifPresent(StdinTerminal::close);
      return status;
    }
  }

  private static void follow(
      StdinTerminal terminal, Optional<WindowSize> told, ContainerSession session) {
    terminal.onResize(() -> terminal.size().ifPresent(session::resize));
    // The size may have changed before anyone listened.
    terminal.size().filter(now -> !told.equals(Optional.of(now))).ifPresent(session::resize);
  }
}
