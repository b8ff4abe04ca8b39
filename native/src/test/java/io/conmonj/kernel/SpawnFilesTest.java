package io.conmonj.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpawnFilesTest {
  /** By globbing, which closes the directory before anything is printed. */
  private static final String LIST =
      "for n in /proc/$$/fd/*; do [ -e $n ] && printf '%s ' ${n##*/}; done";

  @TempDir Path dir;

  @Test
  void theChildHasTheListedDescriptorsOnly() throws Exception {
    try (Fd inheritable = OpenFile.forReading("/etc/passwd");
        Fd listed = OpenFile.forReading("/etc/hostname")) {
      Fcntl.setCloseOnExec(inheritable, false);
      assertThat(Finished.run(Finished.shell(LIST)).output().strip()).isEqualTo("0 1 2");
      assertThat(Finished.run(Finished.shell(LIST).descriptor(7, listed)).output().strip())
          .isEqualTo("0 1 2 7");
    }
  }

  @Test
  void standardDescriptorsThatAreNotListedAreDevNull() throws Exception {
    assertThat(Finished.run(Finished.shell("readlink /proc/$$/fd/0 /proc/$$/fd/2")).output())
        .isEqualTo("/dev/null\n/dev/null\n");
  }

  @Test
  void numbersMayBeSwapped() throws Exception {
    try (Fd one = file("one");
        Fd two = file("two")) {
      String script = "cat /proc/self/fd/" + one.number() + " /proc/self/fd/" + two.number();
      Spawn swapped =
          Finished.shell(script).descriptor(one.number(), two).descriptor(two.number(), one);
      assertThat(Finished.run(swapped).output()).isEqualTo("two\none\n");
    }
  }

  @Test
  void oneDescriptorMayGoUnderSeveralNumbersAndItsOwn() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      int own = pipe.writeEnd().number();
      int pid =
          Finished.shell("echo a; echo b >&2; echo c >/proc/self/fd/" + own)
              .descriptor(1, pipe.writeEnd())
              .descriptor(2, pipe.writeEnd())
              .descriptor(own, pipe.writeEnd())
              .start()
              .pid();
      pipe.writeEnd().close();
      assertThat(Finished.readAll(pipe.readEnd())).isEqualTo("a\nb\nc\n");
      assertThat(Finished.reap(pid).toCode()).isZero();
    }
  }

  @Test
  void anOlderCLibraryClosesTheSameDescriptors() throws Exception {
    try (Fd inheritable = OpenFile.forReading("/etc/passwd")) {
      Fcntl.setCloseOnExec(inheritable, false);
      int noCloseFrom = 0;
      Spawn shell = new Spawn("/bin/sh", noCloseFrom).arguments(List.of("-c", LIST));
      assertThat(Finished.run(shell).output().strip()).isEqualTo("0 1 2");
    }
  }

  @Test
  void aClosedDescriptorIsRefusedAndNothingLeaks() throws Exception {
    Fd closed = file("x");
    closed.close();
    OpenFds.assertNoneLeftBy(
        () -> {
          try (Fd open = file("y")) {
            TreeMap<Integer, Fd> wanted = new TreeMap<>();
            wanted.put(0, open);
            wanted.put(1, closed);
            assertThatThrownBy(() -> new SpawnFiles(wanted, 0))
                .isInstanceOf(IllegalStateException.class);
          }
        });
  }

  private Fd file(String content) throws Exception {
    return OpenFile.forReading(Files.writeString(dir.resolve(content), content + "\n").toString());
  }
}
