package io.conmonj.monitor.fdsocket;

import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.schema.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The descriptor socket of a monitor: there once somebody has asked for it, and until the monitor
 * ends. Loop thread only.
 */
public final class FdSocket implements AutoCloseable {
  private final EventLoop loop;
  private final Path path;
  private final Keeping keeping;
  private Optional<FdListener> listener = Optional.empty();
  private boolean closed;

  /**
   * Does nothing yet.
   *
   * @param path of the socket, in a directory that is this monitor's alone
   * @param keeping where what it has is kept for the next worker
   */
  public FdSocket(EventLoop loop, Path path, Keeping keeping) {
    this.loop = loop;
    this.path = path;
    this.keeping = keeping;
    keeping.owner(this::describe);
  }

  private void describe(State.Monitor.Builder to) {
    if (listener.isPresent()) {
      listener.get().describe(to.initFdSocket());
    }
  }

  /**
   * Goes on where the worker before was: its listener, its connections and what they have sent. A
   * request that it has not answered is answered; what that one held of it already stays open until
   * its sender leaves. Once, before anything else.
   *
   * @throws IOException when it cannot
   */
  public void restore(Inheritance left) throws IOException {
    listener = FdListener.restore(loop, path, keeping, left);
  }

  /**
   * Listens, if it does not already where clients can find it.
   *
   * @return where
   * @throws IOException when it cannot, or the monitor is ending
   */
  public Path start() throws IOException {
    if (closed) {
      throw new IOException("start descriptor socket: the monitor is stopping");
    }
    if (listener.isEmpty()) {
      listener = Optional.of(FdListener.bind(loop, path, keeping));
    } else {
      listener.get().beThere();
    }
    return path;
  }

  /**
   * Takes descriptors out of their slots, for a container. Whatever happens, the slots that are
   * named are empty afterwards.
   *
   * @param additional slots of those for its runtime
   * @param leaked slots of those to be held until its end
   * @throws IOException naming a slot in which there is none, or none any more; nothing is left of
   *     the others
   */
  public TakenFds take(List<Long> additional, List<Long> leaked) throws IOException {
    List<Long> all = new ArrayList<>(additional);
    all.addAll(leaked);
    if (all.isEmpty()) {
      return TakenFds.NONE;
    }
    if (listener.isEmpty()) {
      throw FdSlots.missing(all.getFirst());
    }
    var taken = listener.get().slots().take(all);
    return new TakenFds(
        taken.subList(0, additional.size()), taken.subList(additional.size(), taken.size()));
  }

  /**
   * Whether a client has sent descriptors and has no answer yet, because they are not kept yet:
   * that takes a moment, and another worker would keep them once more.
   */
  public boolean owesAnswer() {
    return listener.isPresent() && listener.get().owesAnswer();
  }

  /** How many descriptors of clients are open, those taken and not yet closed among them. */
  public int held() {
    return listener.isEmpty() ? 0 : listener.get().slots().held();
  }

  /** Ends it for good: connections, what they have sent and nobody has taken, and the file. */
  @Override
  public void close() {
    closed = true;
    listener.ifPresent(FdListener::close);
    listener = Optional.empty();
  }
}
