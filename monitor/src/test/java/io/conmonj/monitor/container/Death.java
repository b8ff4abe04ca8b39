package io.conmonj.monitor.container;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.monitor.holder.DescriptorStore;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.monitor.state.StateFile;
import io.conmonj.monitor.state.StateKeeper;
import io.conmonj.monitor.state.StateOwner;
import io.conmonj.monitor.state.StateRecord;
import io.conmonj.schema.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * For tests: what a holder is to one worker after another, in this process. Once a worker is dead,
 * nothing that it still does counts.
 */
final class Death {
  private final Map<String, Fd> descriptors = new HashMap<>();
  private final List<Fd> opened = new ArrayList<>();
  private final Optional<Path> file;
  private Fd state;
  private StateKeeper keeper;
  private Keeping keeping;
  private int worker;
  private Predicate<State.Monitor.Reader> refused = written -> false;
  private int refusals;

  /** Of workers that keep no state file. */
  Death() {
    this(Optional.empty());
  }

  private Death(Optional<Path> file) {
    this.file = file;
  }

  /** Of workers that keep a state file. */
  static Death withFile(Path file) {
    return new Death(Optional.of(file));
  }

  /** For the next worker; the one before is dead from here on. */
  synchronized Keeping nextWorker(EventLoop loop) {
    int number = ++worker;
    keeper =
        new StateKeeper(
            loop, record -> put(number, record), file.map(it -> StateFile.begin(loop, it)));
    keeping = new Keeping(new Store(number), keeper);
    return keeping;
  }

  /** Where the worker of now leaves what it has. */
  synchronized Keeping keeping() {
    return keeping;
  }

  /**
   * The worker of now hands over: it is to be {@linkplain #kill killed} before it does anything
   * else. On its loop's thread.
   *
   * @param further what is in the state for the hand-over alone
   */
  void handOver(StateOwner further) {
    keeper.owner(further);
    if (!keeper.putSettled()) {
      throw new AssertionError("the state is not kept");
    }
  }

  /** From here on the worker is dead, and there is no other; its loop is ended. */
  void kill(LoopThread itsLoop) {
    synchronized (this) {
      worker++;
    }
    itsLoop.close();
    // As the kernel does, of which nobody is told.
    opened.forEach(Fd::close);
    opened.clear();
  }

  /** Keeps something that no container has deposited. */
  synchronized void deposit(String name, Fd fd) throws IOException {
    descriptors.put(name, Fcntl.duplicate(fd));
  }

  /** From here on such states are not kept; the one before is. */
  synchronized void refuse(Predicate<State.Monitor.Reader> states) {
    refused = states;
  }

  /** How many were not kept. */
  synchronized int refusals() {
    return refusals;
  }

  private synchronized void put(int by, Fd file) throws IOException {
    if (refused.test(StateRecord.read(file))) {
      refusals++;
      throw new IOException("refused by the test");
    }
    if (by == worker) {
      if (state != null) {
        state.close();
      }
      state = Fcntl.duplicate(file);
    }
  }

  /** Whether any worker has left a state. */
  synchronized boolean hasState() {
    return state != null;
  }

  /** What there is for the next one. */
  synchronized Inheritance inheritance() throws IOException {
    Map<String, Fd> copies = new HashMap<>();
    for (Map.Entry<String, Fd> each : descriptors.entrySet()) {
      copies.put(each.getKey(), Fcntl.duplicate(each.getValue()));
    }
    return new Inheritance(StateRecord.read(state), copies);
  }

  /** The holder is dead as well: nothing is kept any more. */
  synchronized void forget() {
    descriptors.values().forEach(Fd::close);
    descriptors.clear();
  }

  /** The names of what is kept. */
  synchronized Set<String> names() {
    return new TreeSet<>(descriptors.keySet());
  }

  /** Ends it all. */
  synchronized void close() {
    descriptors.values().forEach(Fd::close);
    descriptors.clear();
    if (state != null) {
      state.close();
    }
  }

  private final class Store implements DescriptorStore {
    private final int by;

    Store(int by) {
      this.by = by;
    }

    @Override
    public void deposit(String name, Fd fd, WakeRule rule) throws IOException {
      synchronized (Death.this) {
        if (by == worker) {
          opened.add(fd);
          Fd before = descriptors.put(name, Fcntl.duplicate(fd));
          if (before != null) {
            before.close();
          }
        }
      }
    }

    @Override
    public void withdraw(String name) {
      synchronized (Death.this) {
        Fd kept = by == worker ? descriptors.remove(name) : null;
        if (kept != null) {
          kept.close();
        }
      }
    }
  }
}
