package io.conmonj.monitor.daemon;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.OpenFile;
import io.conmonj.kernel.StandardStreams;

/**
 * The standard descriptors of a monitor in the background, which are given up once it is ready: the
 * launcher's caller may wait for their end. The holder has them too.
 */
final class StandardDescriptors {
  private static final String NULL_DEVICE = "/dev/null";

  private StandardDescriptors() {}

  /**
   * Gives up those of this process.
   *
   * @param keepOutput whether standard output is still needed
   * @return those that the holder is to give up, as its request to become ready has them
   * @throws KernelException when the descriptors cannot be redirected
   */
  static int giveUp(boolean keepOutput) throws KernelException {
    int givenUp = 1 << StandardStreams.INPUT | 1 << StandardStreams.ERROR;
    if (!keepOutput) {
      givenUp |= 1 << StandardStreams.OUTPUT;
    }
    try (Fd nothing = OpenFile.forReadingAndWriting(NULL_DEVICE)) {
      for (int number = StandardStreams.INPUT; number <= StandardStreams.ERROR; number++) {
        if ((givenUp & 1 << number) != 0) {
          StandardStreams.replace(number, nothing);
        }
      }
    }
    return givenUp;
  }
}
