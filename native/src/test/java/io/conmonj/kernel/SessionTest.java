package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SessionTest {
  @Test
  void aNewSessionIsLedByTheProcessAndCannotBeStartedTwice() throws Exception {
    Finished child = ChildJvm.run(Starter.class);
    assertThat(child.output())
        .isEqualTo("led before: false\nled after: true\nsetsid: EPERM (Operation not permitted)\n");
    assertThat(child.status().toCode()).isZero();
  }

  /** Starts a session, and then once more. */
  static final class Starter {
    public static void main(String[] args) throws Exception {
      System.out.print("led before: " + leadsSession() + "\n");
      Session.start();
      System.out.print("led after: " + leadsSession() + "\n");
      try {
        Session.start();
      } catch (KernelException e) {
        System.out.print(e.getMessage() + "\n");
      }
    }

    /** Fields 1 and 6 of proc_pid_stat(5) are pid and session; "java" holds no blank. */
    private static boolean leadsSession() throws Exception {
      String[] fields = Files.readString(Path.of("/proc/self/stat")).split(" ", -1);
      return fields[0].equals(fields[5]);
    }

    private Starter() {}
  }
}
