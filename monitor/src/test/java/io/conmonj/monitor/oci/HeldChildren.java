package io.conmonj.monitor.oci;

import io.conmonj.monitor.holder.HeldProcess;
import io.conmonj.monitor.holder.HolderEvents;
import io.conmonj.monitor.holder.HolderFixture;
import io.conmonj.monitor.holder.HolderLink;
import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.loop.LoopThread;
import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;

/**
 * For tests: processes that are children of a real holder, whose worker is this Java VM. To be
 * closed after the loop has ended.
 */
public final class HeldChildren implements AutoCloseable {
  private final LoopThread thread;
  private final HolderFixture holder;
  private Processes processes;

  private HeldChildren(LoopThread thread, HolderFixture holder) {
    this.thread = thread;
    this.holder = holder;
  }

  /** With a holder of its own. */
  public static HeldChildren start(LoopThread thread) throws Exception {
    return start(thread, Processes::new);
  }

  /** The same, with processes that are made in another way. */
  public static HeldChildren start(
      LoopThread thread, BiFunction<EventLoop, HolderLink, Processes> maker) throws Exception {
    HeldChildren made = new HeldChildren(thread, HolderFixture.start());
    thread.run(
        () -> {
          made.processes = maker.apply(thread.loop(), made.holder.link());
          made.becomeReady();
        });
    return made;
  }

  /** The processes of the worker of now. */
  public Processes processes() {
    return processes;
  }

  /** Whose children they are. */
  public HolderFixture holder() {
    return holder;
  }

  /** The children of the holder that there are, without the process that is its worker. */
  public List<ProcessHandle> children() {
    return holder.holder().children().filter(each -> each.pid() != holder.workerPid()).toList();
  }

  /**
   * The worker dies as by kill -9, and the next one comes.
   *
   * @param recovery what that one does before it is ready
   */
  void killWorker(LoopThread.Action recovery) throws Exception {
    thread.run(holder::killWorker);
    HolderLink next = holder.nextWorker();
    thread.run(
        () -> {
          processes = new Processes(thread.loop(), next);
          recovery.run();
          becomeReady();
        });
  }

  /**
   * The worker dies as by kill -9 when its loop has ended, and another one comes, on another loop.
   *
   * @return that is not ready yet; the only one to be closed from here on
   */
  public HeldChildren successor(LoopThread next) throws Exception {
    HeldChildren made = new HeldChildren(next, holder);
    holder.killWorker();
    HolderLink link = holder.nextWorker();
    next.run(() -> made.processes = new Processes(next.loop(), link));
    return made;
  }

  /** From here on the worker is told of ends; to be called on its loop. */
  public void becomeReady() throws IOException {
    holder.link().watch(thread.loop(), new Events(processes));
    holder.link().ready(0);
  }

  private record Events(Processes told) implements HolderEvents {
    @Override
    public void exited(HeldProcess process) {
      told.exited(process);
    }

    @Override
    public void signalled(int signal) {
      throw new AssertionError("signal " + signal);
    }

    @Override
    public void candidateReady() {
      throw new AssertionError("no candidate was started");
    }

    @Override
    public void candidateFailed(String why) {
      throw new AssertionError("no candidate was started");
    }

    @Override
    public void gone() {
      // when a test has ended it
    }
  }

  @Override
  public void close() throws IOException {
    holder.close();
  }
}
