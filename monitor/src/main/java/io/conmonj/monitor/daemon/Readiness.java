package io.conmonj.monitor.daemon;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.OpenFile;
import io.conmonj.kernel.StandardStreams;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Tells the launcher how the start went. The launcher waits on a pipe whose writing end it gave us:
 * the exit status that it is to have comes through it. Without a launcher (in the foreground) there
 * is nobody to tell.
 */
public final class Readiness {
  /** The property in which the launcher names the descriptor. */
  private static final String PROPERTY = "conmonj.readiness.fd";

  private static final String NULL_DEVICE = "/dev/null";

  private final Optional<Fd> launcher;

  private Readiness(Optional<Fd> launcher) {
    this.launcher = launcher;
  }

  /** Finds the launcher, if there is one. */
  public static Readiness find() {
    Integer number = Integer.getInteger(PROPERTY);
    if (number == null || !Fcntl.isOpen(number)) {
      return new Readiness(Optional.empty());
    }
    return new Readiness(Optional.of(Fd.adopt(number)));
  }

  /** Whether a launcher waits, and the monitor is to live on in the background. */
  public boolean detached() {
    return launcher.isPresent();
  }

  /** Whether this descriptor is the one to the launcher. */
  boolean uses(int number) {
    return launcher.isPresent() && launcher.get().number() == number;
  }

  /**
   * Says that the monitor listens. Standard descriptors are given up first, for the launcher's
   * caller may wait for their end.
   *
   * @param keepStdout whether standard output is still needed
   * @throws KernelException when the descriptors cannot be redirected
   */
  void ready(boolean keepStdout) throws KernelException {
    if (launcher.isEmpty()) {
      return;
    }
    try (Fd nothing = OpenFile.forReadingAndWriting(NULL_DEVICE)) {
      StandardStreams.replace(StandardStreams.INPUT, nothing);
      if (!keepStdout) {
        StandardStreams.replace(StandardStreams.OUTPUT, nothing);
      }
      StandardStreams.replace(StandardStreams.ERROR, nothing);
    }
    tell(0);
  }

  /** Says that no monitor starts, with the status that the launcher is to exit with. */
  public void ended(int exitStatus) {
    try {
      tell(exitStatus);
    } catch (KernelException launcherIsGone) {
      // then nobody waits for it
    }
  }

  private void tell(int exitStatus) throws KernelException {
    if (launcher.isPresent() && !launcher.get().closed()) {
      try (Fd pipe = launcher.get()) {
        Io.write(pipe, Integer.toString(exitStatus).getBytes(StandardCharsets.US_ASCII));
      }
    }
  }
}
