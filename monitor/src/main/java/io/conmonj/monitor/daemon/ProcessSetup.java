package io.conmonj.monitor.daemon;

import io.conmonj.kernel.CoreDumpFilter;
import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.OomScore;
import io.conmonj.kernel.Session;
import io.conmonj.kernel.StandardStreams;
import io.conmonj.kernel.Subreaper;
import io.conmonj.kernel.Umask;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Sets up the process: descriptors, umask, session, subreaper, protection from the OOM killer. */
final class ProcessSetup {
  private static final int UMASK = 0022;
  private static final String DESCRIPTORS = "/proc/self/fd";

  /**
   * The property in which the launcher says what it has in {@link CoreDumpFilter}; may be empty.
   */
  private static final String DUMPED = "conmonj.coredump.filter";

  private ProcessSetup() {}

  /**
   * Cuts what ties the process to the one that started it, and makes it the one that orphans of its
   * children come to.
   *
   * @return the oom_score_adj that it had before, which its children are to have; empty if it could
   *     not protect itself from being killed when memory runs out, which needs a privilege
   */
  static OptionalInt apply(Readiness readiness) throws KernelException {
    closeInherited(readiness);
    Umask.set(UMASK);
    if (readiness.detached()) {
      Session.start();
    }
    Subreaper.set(true);
    LauncherEnvironment.restore();
    CoreDumpFilter.tryWrite(System.getProperty(DUMPED, ""));
    int before = OomScore.read();
    return OomScore.tryWrite(OomScore.NEVER) ? OptionalInt.of(before) : OptionalInt.empty();
  }

  private static void closeInherited(Readiness readiness) throws KernelException {
    String[] open = new File(DESCRIPTORS).list();
    if (open == null) {
      return;
    }
    for (String name : open) {
      int number = Integer.parseInt(name);
      if (number > StandardStreams.ERROR && Fcntl.isOpen(number) && !readiness.uses(number)) {
        closeIfInherited(Fd.adopt(number));
      }
    }
  }

  // What is close-on-exec cannot be inherited. The Java VM opens its modules and its class path
  // without that flag; they get it now, for no child needs them.
  private static void closeIfInherited(Fd fd) throws KernelException {
    if (!Fcntl.isCloseOnExec(fd)) {
      if (!isJavas(fd)) {
        fd.close();
        return;
      }
      Fcntl.setCloseOnExec(fd, true);
    }
    fd.release();
  }

  private static boolean isJavas(Fd fd) {
    String target;
    try {
      target = Files.readSymbolicLink(Path.of(DESCRIPTORS, "" + fd.number())).toString();
    } catch (IOException unreadable) {
      return true;
    }
    return target.startsWith(System.getProperty("java.home"))
        || System.getProperty("java.class.path").contains(target);
  }
}
