package io.conmonj.streaming.remotecommand;

import io.conmonj.streaming.InboundStream;
import io.conmonj.streaming.OutboundStream;
import io.conmonj.streaming.SessionStreams;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.TerminalSizes;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.wire.StreamType;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** The streams of a session as its backend has them. Event loop thread only. */
final class BackendStreams implements SessionStreams {
  private final RemoteCommandSession session;
  private final Stdio stdio;
  private final StdinQueue stdin;
  private final Output stdout;
  private final Output stderr;
  private final ResizeStream resize = new ResizeStream();

  /** Null for nothing. */
  private Runnable disconnectAction;

  private boolean backendDone;

  /**
   * @param session to which they belong
   * @param stdio which of them there are
   * @param stdin what its client sends
   */
  BackendStreams(RemoteCommandSession session, Stdio stdio, StdinQueue stdin) {
    this.session = session;
    this.stdio = stdio;
    this.stdin = stdin;
    this.stdout = new Output(session, StreamType.STDOUT);
    this.stderr = new Output(session, StreamType.STDERR);
  }

  @Override
  public Optional<InboundStream> stdin() {
    return stdio.stdin() ? Optional.of(stdin) : Optional.empty();
  }

  @Override
  public Optional<OutboundStream> stdout() {
    return stdio.stdout() ? Optional.of(stdout) : Optional.empty();
  }

  @Override
  public Optional<OutboundStream> stderr() {
    return stdio.separateStderr() ? Optional.of(stderr) : Optional.empty();
  }

  @Override
  public TerminalSizes terminalSizes() {
    return resize;
  }

  @Override
  public MemoryAccount memory() {
    return session.memory().outgoing();
  }

  @Override
  public boolean isConnected() {
    return session.isConnected();
  }

  @Override
  public void onDisconnect(Runnable action) {
    if (backendDone) {
      return;
    }
    if (session.isConnected()) {
      disconnectAction = action;
    } else {
      action.run();
    }
  }

  /** Writes down all of them, but for which there are. */
  void freeze(StateWriter out) {
    stdin.freeze(out);
    out.flag(stdout.isEnded()).flag(stderr.isEnded());
    resize.freeze(out);
  }

  /** Goes on where others have been. */
  void thaw(StateReader in) throws UnreadableStateException {
    stdin.thaw(in, session.memory().allocator());
    stdout.endedBefore(in.flag());
    stderr.endedBefore(in.flag());
    resize.thaw(in);
  }

  /** Which of them there are. */
  Stdio stdio() {
    return stdio;
  }

  /** Whether the client may send something on a stream. */
  boolean take(StreamType stream) {
    return switch (stream) {
      case STDIN -> stdio.stdin();
      case RESIZE -> stdio.tty();
      case STDOUT, STDERR, ERROR -> false;
    };
  }

  /**
   * The client has sent sizes of its terminal.
   *
   * @param bytes the caller keeps its ownership
   */
  void resized(ByteBuf bytes) {
    resize.parse(bytes);
  }

  /** The client takes output again, or nobody does any more: who waits for it is woken. */
  void writable() {
    stdout.writable();
    stderr.writable();
  }

  /** The backend hears that the client has gone, and gets the end of the input behind all of it. */
  void clientLost() {
    Runnable action = disconnectAction;
    disconnectAction = null;
    try {
      if (action != null) {
        action.run();
      }
    } finally {
      stdin.end();
      writable();
    }
  }

  /** The work has ended: the backend hears nothing more. */
  void backendDone() {
    backendDone = true;
    disconnectAction = null;
  }
}
