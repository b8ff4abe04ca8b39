package io.conmonj.it.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherUserTest {
  private static final String NOBODY = "65534";

  /** Connects, and prints how many bytes come before the other side closes. */
  private static final String CLIENT =
      """
      import socket, sys
      client = socket.socket(socket.AF_UNIX)
      client.settimeout(30)
      client.connect(sys.argv[1])
      print(len(client.recv(1)))
      """;

  @TempDir Path work;

  @Test
  void anotherUserIsTurnedAwayEvenWhereTheFilesModeLetsThemIn() throws Exception {
    assumeThat(System.getProperty("user.name"))
        .as("only root can act as another user")
        .isEqualTo("root");
    try (RunningMonitor monitor = RunningMonitor.start(work)) {
      Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(monitor.socket(), PosixFilePermissions.fromString("rwxrwxrwx"));
      Launched client =
          Launched.run(
              Map.of(),
              List.of(
                  "setpriv",
                  "--reuid=" + NOBODY,
                  "--clear-groups",
                  "/usr/bin/python3",
                  "-c",
                  CLIENT,
                  monitor.socket().toString()));
      assertThat(client).isEqualTo(new Launched(0, "0\n"));
      monitor.connect().close();
    }
  }
}
