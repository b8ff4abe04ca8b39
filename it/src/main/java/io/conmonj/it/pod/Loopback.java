package io.conmonj.it.pod;

import java.io.IOException;

/** The loopback interface of a container's network, which a pod's network plugin brings up. */
public final class Loopback {
  private Loopback() {}

  /** Brings it up in the network namespace of a process. */
  public static void bringUp(long pid) throws IOException {
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
