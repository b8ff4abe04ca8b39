package io.conmonj.monitor.container;

import java.io.IOException;

/** The container is known, but its process has ended: nothing can be done in it any more. */
public final class ContainerEndedException extends IOException {
  /**
   * For a container whose exit is still being recorded, or has been.
   *
   * @param exitCode its exit code, or 128 + signal number
   */
  public ContainerEndedException(int exitCode) {
    super("container has ended with exit code " + exitCode);
  }
}
