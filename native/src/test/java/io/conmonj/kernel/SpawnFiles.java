package io.conmonj.kernel;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * For tests: the posix_spawn_file_actions_t of a child: it gets the listed descriptors under the
 * listed numbers and no others.
 *
 * <p>The child's numbers may overlap with ours in any way (its 1 may be our 2 and the other way
 * round). So each descriptor is first copied to a number above all of the child's, and the child
 * copies it down from there.
 */
final class SpawnFiles implements AutoCloseable {
  /** glibc's posix_spawn_file_actions_t takes 80 bytes on 64-bit machines; the rest is margin. */
  private static final int ACTIONS_BYTES = 256;

  private static final int LAST_STANDARD = 2;

  private static final long INIT = LibC.symbol("posix_spawn_file_actions_init");
  private static final long DESTROY = LibC.symbol("posix_spawn_file_actions_destroy");
  private static final long ADD_DUP2 = LibC.symbol("posix_spawn_file_actions_adddup2");
  private static final long ADD_OPEN = LibC.symbol("posix_spawn_file_actions_addopen");
  private static final long ADD_CLOSE = LibC.symbol("posix_spawn_file_actions_addclose");

  /** 0 in glibc before 2.34. */
  static final long ADD_CLOSEFROM = LibC.find("posix_spawn_file_actions_addclosefrom_np");

  private final Memory actions = Memory.allocate(ACTIONS_BYTES);
  private final List<Fd> copies = new ArrayList<>();

  /** {@code addCloseFrom} is {@link #ADD_CLOSEFROM}, or 0 to do without it. */
  SpawnFiles(SortedMap<Integer, Fd> wanted, long addCloseFrom) throws KernelException {
    check(LibC.call(INIT, actions.address()), "posix_spawn_file_actions_init");
    boolean complete = false;
    try {
      int last = wanted.isEmpty() ? LAST_STANDARD : Math.max(LAST_STANDARD, wanted.lastKey());
      for (int number = 0; number <= last; number++) {
        place(number, wanted.get(number), last);
      }
      closeFrom(last + 1, addCloseFrom);
      complete = true;
    } finally {
      if (!complete) {
        close();
      }
    }
  }

  private void place(int number, Fd source, int last) throws KernelException {
    if (source != null) {
      Fd copy = Fcntl.duplicate(source, last + 1);
      copies.add(copy);
      check(LibC.call(ADD_DUP2, actions.address(), copy.number(), number), "adddup2");
    } else if (number <= LAST_STANDARD) {
      // A program without its standard descriptors opens its first file as one of them.
      try (Memory devNull = Memory.string("/dev/null")) {
        check(
            LibC.call(ADD_OPEN, actions.address(), number, devNull.address(), OpenFile.O_RDWR, 0),
            "addopen");
      }
    } else {
      check(LibC.call(ADD_CLOSE, actions.address(), number), "addclose");
    }
  }

  /** Closes what was inherited without close-on-exec, by us or by the JVM. */
  private void closeFrom(int first, long addCloseFrom) throws KernelException {
    if (addCloseFrom != 0) {
      check(LibC.call(addCloseFrom, actions.address(), first), "addclosefrom_np");
      return;
    }
    // Closing a number that is not open is no error to posix_spawn.
    for (String name : new File("/proc/self/fd").list()) {
      int number = Integer.parseInt(name);
      if (number >= first) {
        check(LibC.call(ADD_CLOSE, actions.address(), number), "addclose");
      }
    }
  }

  /** These functions return the error number itself. */
  private static void check(long result, String call) throws KernelException {
    if (LibC.toInt(result) != 0) {
      throw new KernelException(LibC.toInt(result), call, "for a child's descriptors");
    }
  }

  long address() {
    return actions.address();
  }

  @Override
  public void close() {
    LibC.call(DESTROY, actions.address());
    actions.close();
    copies.forEach(Fd::close);
  }
}
