package io.conmonj.monitor.namespace;

import io.conmonj.kernel.Errno;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.Mount;
import io.conmonj.kernel.Namespace;
import io.conmonj.kernel.OpenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A pod's namespaces as files of the host: each a mount of its own, and beside them a file with the
 * number of the process that stays. Blocks for as long as a disk does: not on the loop thread.
 */
final class Pins {
  private final NamespacesRequest request;

  Pins(NamespacesRequest request) {
    this.request = request;
  }

  /**
   * Pins them all, or none.
   *
   * @param pause the process that stays
   * @param step is told what is done next, in words for an error
   * @param over whether nobody waits any more
   * @throws IOException when one cannot be pinned, a living process has the pod's already, or
   *     nobody waits
   */
  void make(PauseProcess pause, Consumer<String> step, BooleanSupplier over) throws IOException {
    step.accept("look at what is there below " + request.base());
    checkFree();
    remove();
    try {
      for (NamespaceType type : NamespaceType.values()) {
        Path path = request.path(type);
        step.accept("pin " + type.fileName() + " namespace at " + path);
        if (over.getAsBoolean()) {
          throw new IOException("given up");
        }
        Files.createDirectories(path.getParent());
        Namespace.pin(pause.namespace(type), path.toString());
      }
      step.accept("write " + request.pidFile());
      Files.createDirectories(request.pidFile().getParent());
      Files.writeString(request.pidFile(), Integer.toString(pause.pid()));
    } catch (IOException | RuntimeException | Error failed) {
      undo(failed);
      throw failed;
    }
  }

  private void undo(Throwable failed) {
    try {
      remove();
    } catch (IOException left) {
      failed.addSuppressed(left);
    }
  }

  /**
   * Removes them all, and what a monitor that was killed has left of the same pod.
   *
   * @throws IOException naming the first that could not be removed; the others are
   */
  Void remove() throws IOException {
    IOException first = null;
    for (NamespaceType type : NamespaceType.values()) {
      try {
        remove(request.path(type));
      } catch (IOException refused) {
        first = first == null ? refused : first;
      }
    }
    Files.deleteIfExists(request.pidFile());
    if (first != null) {
      throw first;
    }
    return null;
  }

  private static void remove(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean mounted = true;
    while (mounted) {
      try {
        Mount.detach(path.toString());
      } catch (KernelException refused) {
        // There is no mount there.
        if (refused.errno() != Errno.EINVAL) {
          throw refused;
        }
        mounted = false;
      }
    }
    OpenFile.remove(path.toString());
  }

  /** Somebody else's are not taken away: another monitor may be at work with the same directory. */
  private void checkFree() throws IOException {
    Optional<String> pid = recordedPid();
    if (pid.isPresent() && staysInPinned(pid.get())) {
      throw new IOException(
          "process " + pid.get() + " stays in namespaces of pod " + request.podId() + " already");
    }
  }

  private Optional<String> recordedPid() throws IOException {
    try {
      String text = Files.readString(request.pidFile()).strip();
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  private boolean staysInPinned(String pid) {
    try {
      for (NamespaceType type : NamespaceType.values()) {
        Path own = Path.of("/proc", pid, "ns", type.fileName());
        if (!Files.isSameFile(own, request.path(type))) {
          return false;
        }
      }
      return true;
    } catch (IOException gone) {
      return false;
    }
  }
}
