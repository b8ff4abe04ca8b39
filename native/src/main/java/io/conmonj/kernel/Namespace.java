package io.conmonj.kernel;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Doing something inside a namespace. A thread that has entered one never comes back (and a pooled
 * thread that did would carry strangers' work into it), so each call gets a platform thread of its
 * own, which ends with it.
 *
 * <p>Processes and users have namespaces as well, but a thread cannot enter those: a PID namespace
 * takes in children only, and the kernel refuses a user namespace to a process with several
 * threads.
 */
public final class Namespace {
  private static final int CLONE_FS = 0x200;

  private static final long SETNS = LibC.symbol("setns");
  private static final long UNSHARE = LibC.symbol("unshare");

  private Namespace() {}

  /** The kinds that a thread can be in by itself, with their flags of linux/sched.h. */
  public enum Kind {
    /** Devices, addresses, ports; a socket stays in the one in which it was made. */
    NETWORK("net", 0x40000000),
    /** System V IPC and POSIX message queues. */
    IPC("ipc", 0x08000000),
    /** Host and domain name. */
    UTS("uts", 0x04000000),
    /** What is mounted where; classes must not be loaded from files in there. */
    MOUNT("mnt", 0x00020000);

    private final String fileName;
    private final int flag;

    Kind(String fileName, int flag) {
      this.fileName = fileName;
      this.flag = flag;
    }

    /** The name of the calling thread's own namespace of this kind, good in that thread only. */
    public String ofThisThread() {
      return "/proc/thread-self/ns/" + fileName;
    }
  }

  /**
   * Runs {@code work} in an existing namespace.
   *
   * @param namespace an open namespace file, such as {@code /proc/PID/ns/net} or one pinned
   * @return never throws: what goes wrong is told by the future, also that there is no thread to be
   *     had. Completed by the thread inside, so whatever is attached to it must name another
   *     executor or be content to run there; with a {@link KernelException} when the namespace
   *     cannot be entered (EPERM, or EINVAL when it is of another kind). It may be waited for, but
   *     not by the event loop.
   */
  public static <T> CompletableFuture<T> callIn(Kind kind, Fd namespace, Callable<T> work) {
    return start(kind, () -> enter(kind, namespace), work);
  }

  /** Runs {@code work} in a new namespace, which ends with the thread unless it is pinned. */
  public static <T> CompletableFuture<T> callInNew(Kind kind, Callable<T> work) {
    return start(kind, () -> unshare(kind.flag, kind.fileName), work);
  }

  /**
   * Keeps a namespace alive under a name of its own: makes {@code target}, which must not exist,
   * and mounts the namespace file on it.
   */
  public static void pin(String namespace, String target) throws KernelException {
    int ownerReads = 0400;
    OpenFile.createNew(target, ownerReads).close();
    try {
      Mount.bind(namespace, target);
    } catch (KernelException e) {
      OpenFile.remove(target);
      throw e;
    }
  }

  /** Undoes {@link #pin}; the namespace ends when nothing else uses it. */
  public static void unpin(String target) throws KernelException {
    Mount.detach(target);
    OpenFile.remove(target);
  }

  interface Entry {
    void enter() throws KernelException;
  }

  private static <T> CompletableFuture<T> start(Kind kind, Entry entry, Callable<T> work) {
    return start(
        body -> Thread.ofPlatform().daemon().name("in-" + kind.fileName + "-namespace").start(body),
        entry,
        work);
  }

  /** The same, with another way to get a thread. */
  static <T> CompletableFuture<T> start(Consumer<Runnable> threads, Entry entry, Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable body =
        () -> {
          try {
            entry.enter();
            result.complete(work.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        };
    try {
      threads.accept(body);
    } catch (OutOfMemoryError none) {
      // The virtual machine says so where it is the limit of processes that was reached.
      result.completeExceptionally(
          new IOException("start a thread in the namespace: " + none.getMessage(), none));
    }
    return result;
  }

  private static void enter(Kind kind, Fd namespace) throws KernelException {
    if (kind == Kind.MOUNT) {
      // The kernel wants the thread to have a root and working directory of its own first.
      unshare(CLONE_FS, "file system state");
    }
    if (LibC.toInt(LibC.call(SETNS, namespace.number(), kind.flag)) < 0) {
      throw LibC.failure("setns", kind.fileName);
    }
  }

  private static void unshare(int flags, String what) throws KernelException {
    if (LibC.toInt(LibC.call(UNSHARE, flags)) < 0) {
      throw LibC.failure("unshare", what);
    }
  }
}
