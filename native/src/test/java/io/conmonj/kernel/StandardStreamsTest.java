package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardStreamsTest {
  @TempDir Path dir;

  @Test
  void outputGoesToTheNewPlaceAndChildrenInheritIt() throws Exception {
    Path file = dir.resolve("out");
    try (Fd output = OpenFile.createNew(file.toString(), 0600)) {
      int pid =
          Spawn.program(ChildJvm.java())
              .arguments(ChildJvm.arguments(Detaching.class))
              .descriptor(StandardStreams.OUTPUT, output)
              .start()
              .pid();
      assertThat(Finished.reap(pid).toCode()).isZero();
    }
    assertThat(Files.readString(file)).isEqualTo("before\nfrom error: after\n");
  }

  /** Sends its error stream where its output goes, and its output to nowhere. */
  static final class Detaching {
    public static void main(String[] args) throws Exception {
      System.out.print("before\n");
      System.out.flush();
      try (Fd output = Fcntl.duplicate(Fd.adopt(StandardStreams.OUTPUT));
          Fd nowhere = OpenFile.forReadingAndWriting("/dev/null")) {
        StandardStreams.replace(StandardStreams.ERROR, output);
        StandardStreams.replace(StandardStreams.OUTPUT, nowhere);
        System.out.print("lost\n");
        System.out.flush();
        try (Fd error = Fcntl.duplicate(Fd.adopt(StandardStreams.ERROR))) {
          Io.write(error, "from error: ".getBytes(StandardCharsets.US_ASCII));
        }
        System.err.print("after\n");
      }
    }

    private Detaching() {}
  }

  @Test
  void otherNumbersAreRefused() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      assertThatThrownBy(() -> StandardStreams.replace(3, pipe.writeEnd()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
