package io.conmonj.monitor.journal;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.OpenFile;
import io.conmonj.kernel.StandardStreams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.slf4j.event.Level;

/** Messages as lines of text on standard output, with time, level and logger. */
public final class StdoutDestination implements LogDestination {
  private static final String PATH = "/proc/self/fd/1";
  private static final String PIPE = "pipe:";

  private final Fd stream;
  private long dropped;

  private StdoutDestination(Fd stream) {
    this.stream = stream;
  }

  /**
   * Takes the program's standard output as it is now; descriptor 1 can be pointed elsewhere then. A
   * pipe is opened once more, so that it can be non-blocking without being so for other processes
   * that hold it.
   *
   * @throws IOException when it cannot be taken
   */
  public static StdoutDestination open() throws IOException {
    if (!Files.readSymbolicLink(Path.of(PATH)).toString().startsWith(PIPE)) {
      Fd standard = Fd.adopt(StandardStreams.OUTPUT);
      try {
        return new StdoutDestination(Fcntl.duplicate(standard));
      } finally {
        standard.release();
      }
    }
    Fd stream = OpenFile.forWriting(PATH);
    try {
      Fcntl.setNonBlocking(stream, true);
    } catch (KernelException refused) {
      stream.close();
      throw refused;
    }
    return new StdoutDestination(stream);
  }

  @Override
  public synchronized void write(Level level, String logger, String message) {
    StringBuilder line = new StringBuilder();
    line.append(Instant.now()).append(' ').append(level).append(' ').append(logger).append(": ");
    if (dropped > 0) {
      line.append('(').append(dropped).append(" messages before this one were dropped) ");
    }
    byte[] bytes = line.append(message).append('\n').toString().getBytes(StandardCharsets.UTF_8);
    try {
      dropped = Io.write(stream, bytes) > 0 ? 0 : dropped + 1;
    } catch (KernelException nobodyReads) {
      dropped++;
    }
  }
}
