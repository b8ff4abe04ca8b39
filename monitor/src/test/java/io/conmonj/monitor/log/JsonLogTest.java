package io.conmonj.monitor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JSON format makes of files; all else they have in common with those of the CRI. */
class JsonLogTest {
  @TempDir Path directory;

  @Test
  void aLogIsForItsOwnerOnlyAndWhatItHoldsStays() throws Exception {
    Path path = directory.resolve("log");
    for (String text : new String[] {"one\n", "two\n"}) {
      try (LoggedContainer container = LoggedContainer.openJson(path, Rotation.NONE)) {
        container.write(text);
      }
    }
    assertThat(Files.readString(path))
        .matches(
            "\\{\"timestamp\":\\d{10},\"pipe\":\"stdout\",\"message\":\"one\"}\n"
                + "\\{\"timestamp\":\\d{10},\"pipe\":\"stdout\",\"message\":\"two\"}\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void aLineThatWasNeverFinishedSinceItsMonitorDiedIsFinishedByTheNext() throws Exception {
    Path path =
        Files.writeString(
            directory.resolve("log"),
            """
            {"timestamp":1,"pipe":"stdout","message":"half","partial":true}
            {"timestamp":1,"pipe":"stderr","message":"\\",\\"partial\\":true}"}
            """);
    try (LoggedContainer container = LoggedContainer.openJson(path, Rotation.NONE)) {
      container.write("new\n");
    }
    assertThat(Files.readString(path))
        .matches(
            "(?s).*:true}\"}\n"
                + "\\{\"timestamp\":\\d+,\"pipe\":\"stdout\",\"message\":\"\"}\n"
                + "\\{\"timestamp\":\\d+,\"pipe\":\"stdout\",\"message\":\"new\"}\n");
  }

  @Test
  void aSizeLimitRotatesBetweenLinesAndLosesNone() throws Exception {
    Path path = directory.resolve("log");
    String first = "\u0001".repeat(10);
    String line = "{\"timestamp\":1475712429,\"pipe\":\"stdout\",\"message\":\"\"}\n";
    long limit = line.length() + 6L * first.length();
    try (LoggedContainer container = LoggedContainer.openJson(path, new Rotation(limit, 1))) {
      container.write(first + "\nsecond\n");
    }
    assertThat(Files.readString(directory.resolve("log.1"))).contains("\\u0001\\u0001\"}");
    assertThat(Files.size(directory.resolve("log.1"))).isEqualTo(limit);
    assertThat(Files.readString(path)).contains("second").hasLineCount(1);
  }
}
