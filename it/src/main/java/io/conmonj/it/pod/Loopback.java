package io.conmonj.it.clients;

import java.io.IOException;

/** The loopback interface of a container's network, which a pod's network plugin brings up. */
final class Loopback {
  private Loopback() {}

  static void bringUp(long pid) throws IOException {
    Process up =
        new ProcessBuilder(
                "nsenter",
                "--target",
                Long.toString(pid),
                "--net",
                "/bin/busybox",
                "ip",
                "link",
                "set",
                "lo",
                "up")
            .inheritIO()
            .start();
    if (up.onExit().join().exitValue() != 0) {
      throw new IOException("bring up the loopback interface of process " + pid);
    }
  }
}
