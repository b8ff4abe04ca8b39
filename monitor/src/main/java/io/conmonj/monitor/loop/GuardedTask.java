package io.conmonj.monitor.loop;

/** A task whose failure, of any kind, ends itself alone. */
final class GuardedTask implements Runnable {
  private final EventLoop loop;
  private final String failed;
  private final Runnable task;

  /**
   * @param failed what is logged when it fails
   */
  GuardedTask(EventLoop loop, String failed, Runnable task) {
    this.loop = loop;
    this.failed = failed;
    this.task = task;
  }

  @Override
  public void run() {
    try {
      task.run();
    } catch (Throwable thrown) {
      loop.contain(failed, thrown);
    }
  }
}
