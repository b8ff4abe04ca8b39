package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The descriptors this process has open, to prove that an action leaves none behind. */
final class OpenFds {
  /** More often than any descriptor the JVM may open for itself meanwhile. */
  private static final int REPEATS = 5;

  private OpenFds() {}

  /** An action that may fail. */
  interface Action {
    void run() throws Exception;
  }

  /** Runs the action several times and fails when descriptors are left over afterwards. */
  static void assertNoneLeftBy(Action action) throws Exception {
    action.run();
    Map<Integer, String> before = now();
    for (int i = 0; i < REPEATS; i++) {
      action.run();
    }
    Map<Integer, String> left = now();
    before.forEach(left::remove);
    assertThat(left).as("descriptors left open").isEmpty();
  }

  /** Number and target of each open descriptor, without the JVM's own class files. */
  static Map<Integer, String> now() throws IOException {
    Map<Integer, String> open = new TreeMap<>();
    for (String number : new File("/proc/self/fd").list()) {
      try {
        String target = Files.readSymbolicLink(Path.of("/proc/self/fd", number)).toString();
        if (!target.endsWith(".jar") && !target.endsWith("/fd")) {
          open.put(Integer.valueOf(number), target);
        }
      } catch (NoSuchFileException listingItself) {
        // the descriptor that the listing was read through
      }
    }
    return open;
  }
}
