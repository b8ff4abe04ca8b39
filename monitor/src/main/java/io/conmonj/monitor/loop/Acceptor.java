package io.conmonj.monitor.loop;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.UnixSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the connections of a listening unix socket, whose descriptor it owns. When the kernel has
 * no descriptor or memory for one more, they wait, and nothing else ends. Loop thread only.
 */
public final class Acceptor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

  /** Connections accepted before other work has its turn. */
  private static final int ACCEPTED_PER_TURN = 16;

  /**
   * How long nobody is accepted after the kernel refused to: long enough not to spin, short enough
   * for a client to wait.
   */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final EventLoop loop;
  private final Fd listener;
  private final String kind;
  private final Connected connected;
  private final Watch watch;
  private final Duty goOn;
  private boolean refusedBefore;
  private boolean held;

  /** Is given each new connection. */
  @FunctionalInterface
  public interface Connected {
    /**
     * Somebody has connected.
     *
     * @param socket the receiver's to close; closed for it when this throws
     * @throws IOException when nothing can be done with it; that is logged, and the next are taken
     */
    void accept(Fd socket) throws IOException;
  }

  private Acceptor(EventLoop loop, Fd listener, String kind, Connected connected)
      throws IOException {
    this.loop = loop;
    this.listener = listener;
    this.kind = kind;
    this.connected = connected;
    this.goOn = loop.duty(this::goOn);
    this.watch = loop.watch(listener, Interest.READ, new Readiness());
  }

  /**
   * Begins to accept.
   *
   * @param listener a listening socket; closed when this throws
   * @param kind what its connections are, for the log, such as {@code control}
   * @throws IOException when it cannot be watched
   */
  public static Acceptor start(EventLoop loop, Fd listener, String kind, Connected connected)
      throws IOException {
    try {
      return new Acceptor(loop, listener, kind, connected);
    } catch (IOException refused) {
      listener.close();
      throw refused;
    }
  }

  /**
   * Takes those who wait now, a bounded number of them.
   *
   * @return whether there may be more
   */
  public boolean accept() {
    try {
      for (int i = 0; i < ACCEPTED_PER_TURN; i++) {
        Optional<Fd> accepted = UnixSocket.accept(listener);
        if (accepted.isEmpty()) {
          return false;
        }
        refusedBefore = false;
        open(accepted.get());
      }
      return true;
    } catch (KernelException refused) {
      pause(refused);
      return false;
    }
  }

  // Whatever is thrown here ends this connection alone: a listener that failed would be deaf for
  // good.
  private void open(Fd accepted) {
    try {
      connected.accept(accepted);
    } catch (Throwable failed) {
      loop.contain("connection ended before it began", failed);
      accepted.close();
    }
  }

  /** Takes nobody until {@link #release}: who connects waits. */
  public void hold() {
    held = true;
    watch.interest(Interest.NONE);
  }

  /** Takes those who have waited, and all others again. */
  public void release() {
    held = false;
    goOn();
  }

  private void goOn() {
    if (!held) {
      watch.interest(Interest.READ);
    }
  }

  private void pause(IOException refused) {
    goOn.dueAfter(PAUSE);
    watch.interest(Interest.NONE);
    if (!refusedBefore) {
      LOG.warn("cannot accept {} connections for now: {}", kind, refused.getMessage());
    }
    refusedBefore = true;
  }

  /** Stops listening; those who still wait are refused. Closing again does nothing. */
  @Override
  public void close() {
    goOn.cancel();
    watch.close();
    listener.close();
  }

  private final class Readiness implements ReadinessListener {
    @Override
    public void onReady(boolean readable, boolean writable) {
      accept();
    }

    @Override
    public boolean outlives(Error error) {
      return true;
    }
  }
}
