package io.conmonj.monitor.daemon;

import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.SignalFd;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.Interest;
import io.conmonj.monitor.loop.ReadinessListener;
import io.conmonj.monitor.loop.Watch;
import java.io.IOException;
import java.util.function.IntConsumer;

/**
 * The signals of the process as events of the loop. The launcher has them blocked in every thread
 * of the Java VM, so none has its default action and none interrupts anything. They are heard also
 * when there is no memory left: to hear them takes none.
 */
final class Signals implements AutoCloseable {
  private final SignalFd source;
  private final Watch watch;

  private Signals(SignalFd source, Watch watch) {
    this.source = source;
    this.watch = watch;
  }

  /**
   * Watches TERM, INT, HUP, QUIT and CHLD. Those that came before are told, too.
   *
   * @param listener is given the number of each; several of one kind may come as one
   * @throws IOException when the kernel refuses
   */
  static Signals watch(EventLoop loop, IntConsumer listener) throws IOException {
    SignalFd source = SignalFd.open(Signal.TERM, Signal.INT, Signal.HUP, Signal.QUIT, Signal.CHLD);
    try {
      return new Signals(
          source, loop.watch(source.fd(), Interest.READ, new Hearing(loop, source, listener)));
    } catch (IOException refused) {
      source.close();
      throw refused;
    }
  }

  private record Hearing(EventLoop loop, SignalFd source, IntConsumer listener)
      implements ReadinessListener {
    @Override
    public void onReady(boolean readable, boolean writable) throws KernelException {
      for (int next = source.take(); next != SignalFd.NONE; next = source.take()) {
        tell(next);
      }
    }

    // A watch whose listener throws is closed, and this one must hear the next signal too.
    private void tell(int signal) {
      try {
        listener.accept(signal);
      } catch (Throwable failed) {
        loop.contain("signal was not dealt with", failed);
      }
    }

    @Override
    public boolean outlives(Error error) {
      return true;
    }
  }

  @Override
  public void close() {
    watch.close();
    source.close();
  }
}
