package io.conmonj.streaming.remotecommand;

import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.Completion;
import io.conmonj.streaming.ExecRequest;
import io.conmonj.streaming.Outcome;
import io.conmonj.streaming.RemoteCommandRequest;
import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.SessionKind;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.StreamingBackend;
import io.conmonj.streaming.StreamingLimits;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.live.IdleTimer;
import io.conmonj.streaming.live.LiveSession;
import io.conmonj.streaming.memory.MemoryAccount;
import io.conmonj.streaming.wire.StreamType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One exec or attach session, between a transport and a backend. It ends in one order: the backend
 * says how the work ended, after its last output; input is dropped; the Status goes out behind that
 * output; the transport closes. A client that goes away earlier never sees a Status, so that a cut
 * connection cannot be taken for success.
 *
 * <p>All methods are called on the event loop thread.
 */
public final class RemoteCommandSession {

  private enum State {
    /** The client is there, and the backend is at work or will be. */
    RUNNING,
    /** The client was told the end. */
    ENDED,
    /** The client has gone before the end. */
    DISCONNECTED
  }

  private final SessionKind kind;

  /** Until the start, for a command can be a megabyte; null then. */
  private RemoteCommandRequest request;

  /** What another server's backend has left for the one here, until that has it; else null. */
  private byte[] frozen;

  private final StreamingBackend backend;
  private final RemoteCommandTransport transport;
  private final EventExecutor executor;
  private final StdinQueue stdin;
  private final BackendStreams streams;
  private final IdleTimer idle;
  private final LiveSession live;

  private State state = State.RUNNING;
  private boolean started;

  /** Null unless the client has gone and its input is still being taken. */
  private LastInput lastInput;

  /**
   * Made by a {@link io.conmonj.streaming.session.SessionFactory}.
   *
   * @param request what the session is for
   * @param backend does the work
   * @param transport the connection to the client
   * @param executor the event loop of both
   * @param limits the bounds of the session's buffers and of its idle time
   * @param live its entry in the list of sessions, to which it belongs from start to end
   */
  public RemoteCommandSession(
      RemoteCommandRequest request,
      StreamingBackend backend,
      RemoteCommandTransport transport,
      EventExecutor executor,
      StreamingLimits limits,
      LiveSession live) {
    this(request.stdio(), backend, transport, executor, limits, live);
    this.request = request;
  }

  /**
   * As the other one, of a session that another server has had.
   *
   * @param stdio what it carries
   */
  public RemoteCommandSession(
      Stdio stdio,
      StreamingBackend backend,
      RemoteCommandTransport transport,
      EventExecutor executor,
      StreamingLimits limits,
      LiveSession live) {
    this.kind = live.kind();
    this.backend = backend;
    this.transport = transport;
    this.executor = executor;
    this.stdin =
        new StdinQueue(limits.stdinBuffer(), () -> memory().isAmple(), transport::setReading);
    this.streams = new BackendStreams(this, stdio, stdin);
    this.idle = new IdleTimer(executor, limits.idleTimeout(), this::abortIdle);
    this.live = live;
  }

  /** The client is there, and the transport takes writes. Called once, before all others. */
  public void opened() {
    live.opened(this::abort);
  }

  /**
   * Puts the backend to work, unless the client has gone. Called once. Input that comes before is
   * kept for it.
   */
  public void start() {
    if (state != State.RUNNING) {
      return;
    }
    idle.start();
    live.began();
    started = true;
    CompletableFuture<Outcome> work;
    try {
      work =
          switch (request) {
            case ExecRequest exec -> Objects.requireNonNull(backend.exec(exec, streams));
            case AttachRequest attach -> Objects.requireNonNull(backend.attach(attach, streams));
          };
    } catch (RuntimeException | Error e) {
      work = CompletableFuture.failedFuture(e);
    }
    request = null;
    hear(work);
  }

  private void hear(CompletableFuture<Outcome> work) {
    try {
      Completion.on(
          work,
          executor,
          (outcome, failure) ->
              backendDone(
                  failure == null ? outcome : new Outcome.Failed(Completion.reason(failure))));
    } catch (OutOfMemoryError tight) {
      // Its end would not be heard: it ends here.
      transport.cut(tight);
      live.ended();
    }
  }

  /**
   * Writes down one that runs, but for its kind: first what it is made by, then how far it is.
   *
   * @throws CannotMoveException if its backend cannot go on with it elsewhere
   */
  public void freeze(StateWriter out) throws CannotMoveException {
    Optional<byte[]> work = backend.freeze(streams);
    if (state != State.RUNNING || !started || work.isEmpty()) {
      throw new CannotMoveException(
          kind.path() + " session " + live.id() + " cannot be moved", false);
    }
    live.freeze(out);
    Stdio stdio = streams.stdio();
    out.flag(stdio.stdin()).flag(stdio.stdout()).flag(stdio.stderr()).flag(stdio.tty());
    idle.freeze(out);
    streams.freeze(out);
    out.bytes(work.get());
  }

  /**
   * In place of {@link #opened}, for where another server has been.
   *
   * @param in behind what the session is made by
   */
  public void thaw(StateReader in) throws UnreadableStateException {
    live.goesOn(this::abort);
    idle.thaw(in);
    streams.thaw(in);
    frozen = in.bytes();
  }

  /** Called once behind {@link #thaw}, when all of the connection has been read. */
  public void goOn() {
    if (state != State.RUNNING) {
      return;
    }
    started = true;
    CompletableFuture<Outcome> work;
    try {
      work = Objects.requireNonNull(backend.thaw(kind, live.target(), frozen, streams));
    } catch (RuntimeException | Error e) {
      work = CompletableFuture.failedFuture(e);
    }
    frozen = null;
    hear(work);
  }

  /** As it is listed; 0 before it has begun. */
  public long id() {
    return live.id();
  }

  /** Which streams it carries. */
  public Stdio stdio() {
    return streams.stdio();
  }

  /** Another server goes on with it: nobody is told anything more. */
  public void letGo() {
    state = State.ENDED;
    idle.stop();
    live.letGo();
    streams.backendDone();
    stdin.discard();
  }

  /**
   * Bytes of a stream came from the client. Those of a stream that was not asked for, or that
   * carries nothing towards the server, are dropped.
   *
   * @param bytes owned by the session from here on; may be empty
   */
  public void received(StreamType stream, ByteBuf bytes) {
    if (state != State.RUNNING || !streams.take(stream)) {
      bytes.release();
      return;
    }
    idle.touch();
    if (stream == StreamType.STDIN) {
      live.received(bytes.readableBytes());
      stdin.add(bytes);
    } else {
      try {
        streams.resized(bytes);
      } finally {
        bytes.release();
      }
    }
  }

  /** The client ended one of its streams; the others go on. Ending it again does nothing. */
  public void ended(StreamType stream) {
    if (state == State.RUNNING && stream == StreamType.STDIN && streams.take(stream)) {
      idle.touch();
      stdin.end();
    }
  }

  /** The connection has become writable, or stopped being so. */
  public void writabilityChanged() {
    if (state == State.RUNNING && transport.isWritable()) {
      live.stalled(false);
      streams.writable();
    }
  }

  /**
   * The client has gone, in whatever way, perhaps before the start. If it has closed in order, what
   * it had sent reaches the backend before the word of that does.
   */
  public void disconnected() {
    if (state == State.RUNNING) {
      live.because(SessionEnd.CLIENT_LEFT, "the client left");
      leave(State.DISCONNECTED);
      if (!started) {
        neverStarts();
      } else if (!transport.closedInOrder() || stdin.isTaken() || !awaitLastInput()) {
        streams.clientLost();
      }
    }
  }

  private boolean awaitLastInput() {
    try {
      lastInput = new LastInput(stdin, executor, streams::clientLost);
      return true;
    } catch (OutOfMemoryError tight) {
      // Without a timer the backend might never be told.
      return false;
    }
  }

  /** As {@link #disconnected}, and it was the server that has cut the client off. */
  public void lost(Throwable cause) {
    live.becauseOf(cause);
    disconnected();
  }

  /**
   * Ends the session from the server's side: the client gets a Status with the reason. If its work
   * has been started, that goes on, and the backend is told that the client has gone.
   *
   * @param reason for the person at the client
   */
  public void abort(String reason) {
    if (state != State.RUNNING) {
      return;
    }
    live.because(SessionEnd.ABORTED, reason);
    tellEnd(new Outcome.Failed(reason));
    if (started) {
      streams.clientLost();
    } else {
      neverStarts();
    }
  }

  private void abortIdle(String reason) {
    live.because(SessionEnd.IDLE, reason);
    abort(reason);
  }

  MemoryAccount memory() {
    return transport.memory();
  }

  /** Whether the client is there, and has not been told the end. */
  boolean isConnected() {
    return state == State.RUNNING;
  }

  void write(StreamType stream, ByteBuf bytes) {
    if (state != State.RUNNING || !bytes.isReadable()) {
      bytes.release();
      return;
    }
    idle.touch();
    live.sent(bytes.readableBytes());
    try {
      transport.write(stream, bytes);
    } catch (RuntimeException | Error unsent) {
      transport.cut(unsent);
    }
  }

  void end(StreamType stream) {
    if (state == State.RUNNING) {
      transport.end(stream);
    }
  }

  boolean isWritable() {
    boolean writable = state != State.RUNNING || transport.isWritable();
    live.stalled(!writable);
    return writable;
  }

  private void backendDone(Outcome outcome) {
    if (lastInput != null) {
      lastInput.cancel();
    }
    streams.backendDone();
    if (state == State.RUNNING) {
      tellEnd(outcome);
    }
    live.because(
        outcome instanceof Outcome.Failed ? SessionEnd.FAILED : SessionEnd.FINISHED,
        summary(outcome));
    live.ended();
    stdin.discard();
  }

  // The words of a failure may have the command in them, which is nobody's business but the
  // client's.
  private static String summary(Outcome outcome) {
    if (outcome instanceof Outcome.Exited exited) {
      return "exit code " + exited.code();
    }
    return outcome instanceof Outcome.Success ? "done" : "failed, as its client was told";
  }

  private void neverStarts() {
    live.ended();
    stdin.discard();
  }

  /** The one way out of the running state. */
  private void leave(State next) {
    state = next;
    idle.stop();
    live.clientLeft();
  }

  /** A client that cannot be told is cut off, so that it does not take the end for success. */
  private void tellEnd(Outcome outcome) {
    leave(State.ENDED);
    try {
      byte[] status = StatusMessage.of(kind, outcome, transport.statusFormat());
      if (status.length > 0) {
        transport.write(StreamType.ERROR, Unpooled.wrappedBuffer(status));
      }
      transport.close();
    } catch (RuntimeException | Error untold) {
      transport.cut(untold);
    }
  }
}
