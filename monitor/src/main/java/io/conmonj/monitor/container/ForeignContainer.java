package io.conmonj.monitor.container;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.OpenFile;
import io.conmonj.kernel.PidFd;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.Interest;
import io.conmonj.monitor.loop.Watch;
import java.io.IOException;

/**
 * The first process of a container that this monitor has not created. It is no child of ours and so
 * may be reaped at any time: its number alone would say nothing. Loop thread only.
 */
final class ForeignContainer implements AutoCloseable {
  private final int pid;
  private final PidFd process;
  private final Watch end;

  /**
   * @param process belongs to this object, unless this throws
   * @param ended what to do at its end, on the loop thread
   * @throws IOException when there is nothing left to watch it with
   */
  ForeignContainer(EventLoop loop, int pid, PidFd process, Runnable ended) throws IOException {
    this.pid = pid;
    this.process = process;
    this.end = loop.watch(process.fd(), Interest.READ, (readable, writable) -> ended.run());
  }

  /**
   * Opens the network namespace that it is in.
   *
   * @return a descriptor that is the caller's to close
   * @throws NoSuchContainerException when it has ended
   * @throws IOException when the namespace could not be opened
   */
  Fd openNetwork() throws IOException {
    return openNetwork(pid, process);
  }

  /** The same of a process that has that number as long as the handle says so. */
  static Fd openNetwork(int pid, PidFd process) throws IOException {
    try (Fd network = OpenFile.forReading("/proc/" + pid + "/ns/net")) {
      // Only now: the number was its own all the time if it still is.
      if (process.hasNumber()) {
        return Fd.adopt(network.release());
      }
    } catch (IOException refused) {
      if (process.hasNumber()) {
        throw new IOException("network namespace of container: " + refused.getMessage(), refused);
      }
    }
    throw new NoSuchContainerException();
  }

  @Override
  public void close() {
    end.close();
    process.close();
  }
}
