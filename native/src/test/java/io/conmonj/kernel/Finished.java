package io.conmonj.kernel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a child wrote to its standard output, and how it ended. */
record Finished(String output, ExitStatus status) {

  /** Runs a described program to its end, with its standard output read by us. */
  static Finished run(Spawn spawn) throws Exception {
    try (Pipe pipe = Pipe.open()) {
      int pid = spawn.descriptor(1, pipe.writeEnd()).start().pid();
      pipe.writeEnd().close();
      String output = readAll(pipe.readEnd());
      return new Finished(output, reap(pid));
    }
  }

  /** Everything up to the end of the stream. */
  static String readAll(Fd fd) throws KernelException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] block = new byte[4096];
    for (int count = Io.read(fd, block); count != Io.END; count = Io.read(fd, block)) {
      all.write(block, 0, count);
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /** Waits for a child's end. */
  static ExitStatus reap(int pid) throws Exception {
    return Eventually.find("child " + pid + " ends", () -> Children.tryReap(pid));
  }

  /** A shell that runs a script. */
  static Spawn shell(String script) {
    return Spawn.program("/bin/sh").arguments(List.of("-c", script));
  }
}
