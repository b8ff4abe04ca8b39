package io.conmonj.monitor.loop;

/**
 * What is left to be done when an {@link EventLoop} has no memory to go on with. Called on its
 * thread, at a time when next to nothing can be allocated.
 */
public interface Emergency {
  /** Nobody is there to help: of a loop that serves a test or another program. */
  Emergency NONE =
      new Emergency() {
        @Override
        public void relieve() {}

        @Override
        public void recovered() {}

        @Override
        public void giveUp(Error last) {
          throw last;
        }
      };

  /** There has been no memory for a while: lets go of what can be spared. */
  void relieve();

  /** There is memory again. */
  void recovered();

  /**
   * The Java VM cannot go on: ends the process at once.
   *
   * @param last what showed it
   */
  void giveUp(Error last);
}
