package io.conmonj.monitor.fdsocket;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FdPassing;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.ReceivedMessage;
import io.conmonj.monitor.loop.Duty;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.Interest;
import io.conmonj.monitor.loop.ReadinessListener;
import io.conmonj.monitor.loop.Watch;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.schema.State;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.capnproto.PrimitiveList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the descriptor socket. What it has sent lives no longer than it, unless it is
 * taken. One that does not read its replies is not read either. Loop thread only.
 */
final class FdClient implements ReadinessListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FdClient.class);

  /** Requests answered before other work has its turn. */
  private static final int REQUESTS_PER_TURN = 8;

  private final int number;
  private final Fd socket;
  private final FdSlots slots;
  private final Consumer<FdClient> ended;
  private final Watch watch;
  private final Duty answer;
  private Optional<byte[]> unsent = Optional.empty();

  /** The slots of the request that is not answered yet, or null. */
  private CompletableFuture<long[]> held;

  /** The number of that request, or of the one before. */
  private long asked;

  /**
   * @param number of this connection, in the name under which it is kept
   * @param socket the connection's from here on, unless this throws
   * @param ended is told once, when the connection has been closed
   */
  FdClient(EventLoop loop, int number, Fd socket, FdSlots slots, Consumer<FdClient> ended)
      throws IOException {
    this.number = number;
    this.socket = socket;
    this.slots = slots;
    this.ended = ended;
    this.answer = loop.duty(this::answer);
    this.watch = loop.watch(socket, Interest.READ, this);
  }

  /** The name under which a connection is kept. */
  static String keptAs(int number) {
    return "fdclient" + number;
  }

  int number() {
    return number;
  }

  /**
   * Whether a request is not answered yet whose descriptors are held already: the next worker would
   * hold them once more.
   */
  boolean owesAnswer() {
    return held != null;
  }

  /** What the next worker needs. */
  void describe(State.FdClient.Builder to) {
    to.setNumber(number);
    List<Long> held = slots.of(this);
    PrimitiveList.Long.Builder list = to.initSlots(held.size());
    for (int i = 0; i < held.size(); i++) {
      list.set(i, held.get(i));
    }
    if (unsent.isPresent()) {
      to.setUnsent(unsent.get());
    }
  }

  /** Goes on where the worker before was with this connection; once, before anything is read. */
  void restore(State.FdClient.Reader before, Inheritance left) {
    PrimitiveList.Long.Reader held = before.getSlots();
    for (int i = 0; i < held.size(); i++) {
      slots.restore(this, held.get(i), left);
    }
    byte[] reply = before.getUnsent().toArray();
    if (reply.length > 0) {
      unsent = Optional.of(reply);
      watch.interest(Interest.WRITE);
    }
  }

  @Override
  public void onReady(boolean readable, boolean writable) {
    if (held != null && !held.isDone()) {
      watch.interest(Interest.NONE);
      return;
    }
    try {
      int turns = REQUESTS_PER_TURN;
      boolean more = sendRest();
      while (more && turns-- > 0) {
        more = serveNext() && sendRest();
      }
    } catch (IOException gone) {
      LOG.debug("connection to the descriptor socket ended", gone);
      close();
    }
  }

  @Override
  public void onFailure(Throwable cause) {
    close();
  }

  /** Whether there is nothing left to be sent, so that more may be read. */
  private boolean sendRest() throws IOException {
    if (unsent.isEmpty()) {
      return true;
    }
    if (FdPassing.send(socket, unsent.get(), List.of()) == 0) {
      watch.interest(Interest.WRITE);
      return false;
    }
    unsent = Optional.empty();
    watch.interest(Interest.READ);
    return true;
  }

  /** Whether a request was there that has its answer now. */
  private boolean serveNext() throws IOException {
    if (held == null) {
      Optional<ReceivedMessage> next =
          FdPassing.peek(socket, FdPacket.REQUEST_BYTES, FdPassing.MAX_DESCRIPTORS);
      if (next.isEmpty()) {
        return false;
      }
      // An empty packet looks the same as the end of the connection, and is taken for it.
      if (next.get().isEnd()) {
        close();
        return false;
      }
      serve(next.get());
    }
    return held == null || answerIfKept();
  }

  private void serve(ReceivedMessage message) throws IOException {
    byte[] data = message.data();
    asked = data.length < FdPacket.REQUEST_BYTES ? 0 : FdPacket.request(data);
    String wrong = null;
    try {
      if (data.length != FdPacket.REQUEST_BYTES || message.dataTruncated()) {
        throw new IOException("a request has " + FdPacket.REQUEST_BYTES + " bytes, this has not");
      }
      if (asked != FdPacket.CLOSE) {
        held = hold(message, FdPacket.count(asked));
        return;
      }
      slots.close(this);
    } catch (IOException refused) {
      wrong = refused.getMessage();
    }
    message.close();
    takeRequest();
    if (wrong != null) {
      refuse(wrong);
    }
  }

  /**
   * Takes the request out of the connection, which is about to have its answer. Until then it stays
   * there, so that another worker answers it if this one is killed.
   */
  private void takeRequest() throws IOException {
    // Whatever is left of a packet goes with it, and so do its descriptors.
    Io.read(socket, new byte[FdPacket.REQUEST_BYTES]);
  }

  private void refuse(String reason) {
    LOG.warn("descriptors refused: {}", reason);
    unsent = Optional.of(FdPacket.failure(asked, reason));
  }

  private boolean answerIfKept() throws IOException {
    if (!held.isDone()) {
      answer.dueWhen(held);
      return false;
    }
    CompletableFuture<long[]> kept = held;
    held = null;
    takeRequest();
    if (kept.isCompletedExceptionally()) {
      refuse(kept.exceptionNow().getMessage());
    } else {
      unsent = Optional.of(FdPacket.slots(asked, kept.resultNow()));
    }
    return true;
  }

  private void answer() {
    if (held != null && !socket.closed()) {
      watch.interest(Interest.READ);
      onReady(true, true);
    }
  }

  private CompletableFuture<long[]> hold(ReceivedMessage message, long announced)
      throws IOException {
    int arrived = message.descriptors().size();
    if (message.descriptorsLost()) {
      throw new IOException(
          "only " + arrived + " file descriptors arrived: the monitor has too many open");
    }
    if (arrived != announced) {
      throw new IOException(
          announced + " file descriptors were announced and " + arrived + " arrived");
    }
    return slots.put(this, message.descriptors());
  }

  /** Ends the connection and closes what it has sent and nobody has taken. */
  @Override
  public void close() {
    if (!socket.closed()) {
      watch.close();
      socket.close();
      slots.close(this);
      ended.accept(this);
    }
  }
}
