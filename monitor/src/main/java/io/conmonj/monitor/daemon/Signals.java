package io.conmonj.monitor.daemon;

import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Signal;
import io.conmonj.kernel.SignalFd;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.Interest;
import io.conmonj.monitor.loop.Watch;
import java.io.IOException;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals of the process as events of the loop. The launcher has them blocked in every thread
 * of the Java VM, so none has its default action and none interrupts anything.
 */
final class Signals implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

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
      Watch watch =
          loop.watch(source.fd(), Interest.READ, (readable, writable) -> tell(source, listener));
      return new Signals(source, watch);
    } catch (IOException refused) {
      source.close();
      throw refused;
    }
  }

  private static void tell(SignalFd source, IntConsumer listener) throws KernelException {
    for (var next = source.read(); next.isPresent(); next = source.read()) {
      tell(next.get().signal(), listener);
    }
  }

  // A watch whose listener throws is closed, and this one must hear the next signal too.
  private static void tell(int signal, IntConsumer listener) {
    try {
      listener.accept(signal);
    } catch (RuntimeException | OutOfMemoryError failed) {
      LOG.error("signal {} was not dealt with", signal, failed);
    }
  }

  @Override
  public void close() {
    watch.close();
    source.close();
  }
}
