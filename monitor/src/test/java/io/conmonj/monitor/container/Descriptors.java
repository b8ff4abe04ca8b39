package io.conmonj.monitor.container;

import java.io.File;

/** How many descriptors this process has open; the count includes the one used for counting. */
final class Descriptors {
  private Descriptors() {}

  static int open() {
    return new File("/proc/self/fd").list().length;
  }
}
