package io.conmonj.monitor.attach;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.monitor.container.Container;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.Interest;
import io.conmonj.monitor.loop.ReadinessListener;
import io.conmonj.monitor.loop.Watch;
import io.conmonj.monitor.stdio.PipeWriter;
import io.conmonj.streaming.CannotMoveException;
import io.conmonj.streaming.SessionEnd;
import io.conmonj.streaming.frozen.StateReader;
import io.conmonj.streaming.frozen.StateWriter;
import io.conmonj.streaming.frozen.UnreadableStateException;
import io.conmonj.streaming.server.OutsideSession;
import io.conmonj.streaming.server.StreamingServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One client of an attach socket. What it sends is passed on to its end, also when it has gone
 * meanwhile; what the container writes goes to it as long as it is there. Where its input is the
 * container's only one, the end of the one is the end of the other. Where the container has no
 * input at all, the client's input only says how long it wants to look. Loop thread only.
 */
final class AttachClient implements ReadinessListener, ClientEvents {
  /** Of {@link #freeze}. One that is left behind stays readable. */
  static final int VERSION = 1;

  /** What is listed as the protocol. */
  private static final String PROTOCOL = "socket";

  private static final String IN_VAIN =
      "the container has no stdin: what is typed does not reach it";

  private static final String INPUT_ENDED = "the client's input ended";

  /** A client that leaves ends its input first, this long at most before its connection. */
  private static final Duration LEAVING = Duration.ofSeconds(1);

  private final Fd socket;
  private final boolean stopAfterInput;
  private final BooleanSupplier alone;
  private final boolean inVain;
  private final Optional<PipeWriter> onlyInput;
  private final Consumer<AttachClient> onOver;
  private final OutsideSession session;
  private final ClientOutput output;
  private final ClientInput input;
  private final Watch watch;
  private final Duty tooSlow;
  private final Duty stays;
  private boolean left;
  private boolean leaving;
  private boolean told;
  private boolean over;

  /** How it becomes one of the server's sessions. */
  @FunctionalInterface
  interface Joining {
    /**
     * Counts and lists it.
     *
     * @param ending ends it, with a reason for the person at the client
     * @throws IOException when there are too many
     */
    OutsideSession join(Consumer<String> ending) throws IOException;
  }

  /** One that has just connected. */
  static Joining newcomer(StreamingServer server, Container container) {
    return ending -> server.attached(container.id(), PROTOCOL, ending);
  }

  /**
   * Begins a session.
   *
   * @param socket closed with it; the caller's when this throws
   * @param stopAfterInput whether it ends with the client's input
   * @param joining counts and lists it
   * @param alone asked for as long as it lasts: whether no other client is connected to any attach
   *     socket of the container
   * @throws IOException when there are too many sessions, or the kernel refuses
   */
  AttachClient(
      EventLoop loop,
      Fd socket,
      Container container,
      boolean stopAfterInput,
      BooleanSupplier alone,
      Packets packets,
      Joining joining,
      Consumer<AttachClient> onOver)
      throws IOException {
    this.socket = socket;
    this.stopAfterInput = stopAfterInput;
    this.alone = alone;
    this.inVain = container.stdin().isEmpty();
    this.onOver = onOver;
    boolean once = container.stdinOnce() && !container.terminal();
    this.onlyInput = once ? container.stdin() : Optional.empty();
    this.tooSlow = loop.duty(this::tooSlow);
    this.stays = loop.duty(this::stays);
    this.watch = loop.watch(socket, Interest.HANG_UP, this);
    OutsideSession begun = null;
    try {
      begun = joining.join(this::endOnRequest);
      this.output = new ClientOutput(socket, packets, begun, this);
      this.input =
          new ClientInput(socket, packets, begun, container.stdin(), this, this::tellInVain);
    } catch (IOException | RuntimeException | Error refused) {
      watch.close();
      if (begun != null) {
        begun.ended(SessionEnd.FAILED, "it could not begin");
      }
      throw refused;
    }
    this.session = begun;
  }

  /** Joins the client with the container's streams. */
  void start(Container container) {
    output.follow(container);
    interestChanged();
  }

  /** What it is connected with; this object's. */
  Fd socket() {
    return socket;
  }

  /** Whether something waits for it, or it has ended its side, so that its socket tells nothing. */
  boolean waits() {
    return output.isBlocked() || input.isOver();
  }

  /**
   * Writes down all that is under way; changes nothing.
   *
   * @throws CannotMoveException when it is about to end
   */
  void freeze(StateWriter out) throws CannotMoveException {
    if (over || left || leaving) {
      throw new CannotMoveException("a client of an attach socket leaves", true);
    }
    out.number(VERSION).flag(stopAfterInput);
    out.bytes(session.freeze()).flag(told);
    input.freeze(out);
    output.freeze(out);
  }

  /** Whether what {@link #freeze} of another worker has written is of a version that is known. */
  static boolean isReadable(byte[] frozen) {
    try {
      return new StateReader(frozen, Map.of()).number() == VERSION;
    } catch (UnreadableStateException cut) {
      return false;
    }
  }

  /**
   * Goes on where another worker has been, in place of {@link #start}.
   *
   * @param in behind what the session is made by
   */
  void thaw(StateReader in, Container container) throws UnreadableStateException {
    told = in.flag();
    input.thaw(in);
    output.thaw(in, container);
    interestChanged();
  }

  /** Ends the session after a time, if the client has not taken the rest of the output by then. */
  void endWithin(Duration time) {
    tooSlow.dueAfter(time);
  }

  private void tooSlow() {
    end(SessionEnd.ABORTED, "the client did not take the rest of the output");
  }

  @Override
  public void onReady(boolean readable, boolean writable) throws KernelException {
    if (readable) {
      input.onReadable();
    }
    if (writable && !over) {
      output.onWritable();
    }
  }

  @Override
  public void onHangUp() {
    clientLeft();
  }

  @Override
  public void onFailure(Throwable cause) {
    end(SessionEnd.ABORTED, "its socket failed");
  }

  @Override
  public void interestChanged() {
    if (over) {
      return;
    }
    boolean write = output.isBlocked();
    if (input.isReading()) {
      watch.interest(write ? Interest.READ_WRITE : Interest.READ);
    } else if (write) {
      watch.interest(Interest.WRITE);
    } else {
      watch.interest(left ? Interest.NONE : Interest.HANG_UP);
    }
  }

  @Override
  public void clientLeft() {
    if (over || left) {
      return;
    }
    left = true;
    output.close();
    if (input.isOver()) {
      end(SessionEnd.CLIENT_LEFT, "the client left");
    } else {
      // What it has sent is passed on, unless there is need of its place.
      session.stalled(true);
      interestChanged();
    }
  }

  @Override
  public void inputEnded() {
    if (left) {
      end(SessionEnd.CLIENT_LEFT, "the client left");
    } else if (inVain) {
      interestChanged();
      output.finish(INPUT_ENDED);
    } else if (stopAfterInput) {
      end(SessionEnd.FINISHED, INPUT_ENDED);
    } else {
      interestChanged();
      if (input.typed()) {
        endOnlyInput();
      } else if (onlyInput.isPresent()) {
        // One that only watched says the same with its connection, and means nothing by it.
        leaving = true;
        stays.dueAfter(LEAVING);
      }
    }
  }

  private void stays() {
    leaving = false;
    if (!over && !left && alone.getAsBoolean()) {
      endOnlyInput();
    }
  }

  /**
   * A client that asked to be done with its input leaves at that input's end, and has sent nothing
   * where it was empty. One that only watched does the same, which nobody can tell apart; conmon,
   * too, then ends the input, unless somebody else is connected.
   */
  private boolean inputWasEmpty(SessionEnd end) {
    return stopAfterInput
        && (end == SessionEnd.FINISHED || end == SessionEnd.CLIENT_LEFT)
        && alone.getAsBoolean();
  }

  private void endOnlyInput() {
    onlyInput.ifPresent(PipeWriter::closeWhenWritten);
  }

  private void tellInVain() {
    if (!told) {
      told = true;
      output.tell(IN_VAIN);
    }
  }

  /** The server has counted already whose wish that is. */
  private void endOnRequest(String reason) {
    end(SessionEnd.REQUESTED, reason);
  }

  @Override
  public void end(SessionEnd end, String reason) {
    if (over) {
      return;
    }
    over = true;
    tooSlow.cancel();
    stays.cancel();
    output.close();
    input.discard();
    watch.close();
    socket.close();
    if (input.typed() || inputWasEmpty(end)) {
      endOnlyInput();
    }
    session.ended(end, reason);
    onOver.accept(this);
  }
}
