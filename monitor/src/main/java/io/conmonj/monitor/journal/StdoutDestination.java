package io.conmonj.monitor.journal;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.LentFd;
import io.conmonj.kernel.OpenFile;
import io.conmonj.kernel.StandardStreams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/** Messages as lines of text on standard output, with time, level, logger, pod and container. */
public final class StdoutDestination implements LogDestination {
  private static final String PATH = "/proc/self/fd/1";
  private static final String PIPE = "pipe:";

  private final Fd stream;
  private final String pod;
  private long dropped;

  private StdoutDestination(Fd stream, String pod) {
    this.stream = stream;
    this.pod = pod;
  }

  /**
   * Takes the program's standard output as it is now; descriptor 1 can be pointed elsewhere then. A
   * pipe is opened once more, so that it can be non-blocking without being so for other processes
   * that hold it.
   *
   * @param pod what each line names; empty for nothing
   * @throws IOException when it cannot be taken
   */
  public static StdoutDestination open(String pod) throws IOException {
    if (!Files.readSymbolicLink(Path.of(PATH)).toString().startsWith(PIPE)) {
      try (LentFd standard = LentFd.of(StandardStreams.OUTPUT)) {
        return new StdoutDestination(Fcntl.duplicate(standard.fd()), pod);
      }
    }
    Fd stream = OpenFile.forWriting(PATH);
    try {
      Fcntl.setNonBlocking(stream, true);
    } catch (KernelException refused) {
      stream.close();
      throw refused;
    }
    return new StdoutDestination(stream, pod);
  }

  @Override
  public synchronized void write(
      Level level, String logger, String message, List<KeyValuePair> fields) {
    StringBuilder line = new StringBuilder();
    line.append(Instant.now()).append(' ').append(level).append(' ').append(logger);
    where(line, fields).append(": ");
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

  private StringBuilder where(StringBuilder line, List<KeyValuePair> fields) {
    Object container = LogField.value(fields, LogField.CONTAINER);
    if (!pod.isEmpty() || container != null) {
      line.append(" [").append(pod);
      if (container != null) {
        line.append('/').append(container);
      }
      line.append(']');
    }
    return line;
  }

  @Override
  public PreparedMessage prepare(Level level, String logger, String message) {
    StringBuilder line = new StringBuilder().append(level).append(' ').append(logger);
    return new PreparedMessage(where(line, List.of()) + ": " + message + "\n") {
      @Override
      void send() {
        try {
          Io.write(stream, bytes());
        } catch (KernelException nobodyReads) {
          dropped++;
        }
      }
    };
  }
}
