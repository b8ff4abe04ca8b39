package io.conmonj.monitor.log;

import io.conmonj.monitor.loop.EventLoop;
import io.conmonj.monitor.stdio.StdStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How fast container output becomes a log, in MB of output per second: formatting alone (per second
 * of processor time), and the whole way from the event loop over the log-writer thread into a file.
 * Not a test; run its {@code main} with the monitor's flags: {@code -XX:+UseSerialGC
 * -XX:TieredStopAtLevel=1}.
 */
final class CriLogBenchmark {
  /** What the monitor reads from a pipe at once. */
  private static final int CHUNK = 64 * 1024;

  private static final long BYTES_PER_ROUND = 512L << 20;
  private static final int ROUNDS = 4;
  private static final int[] LINE_LENGTHS = {20, 100, 1000, 10_000_000};

  private CriLogBenchmark() {}

  /**
   * Runs it.
   *
   * @param args the directory to write to, default /dev/shm
   */
  public static void main(String[] args) throws Exception {
    Path dir = Files.createTempDirectory(Path.of(args.length > 0 ? args[0] : "/dev/shm"), "log");
    Path file = dir.resolve("c.log");
    try {
      for (int length : LINE_LENGTHS) {
        ByteBuf lines = lines(length);
        for (int round = 1; round <= ROUNDS; round++) {
          double format = format(lines);
          double all = log(lines, file);
          System.out.printf("line %8d: format %5.0f MB/s, log %5.0f MB/s%n", length, format, all);
        }
        lines.release();
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(dir);
    }
  }

  private static ByteBuf lines(int length) {
    String line = "x".repeat(length - 1) + "\n";
    ByteBuf lines = Unpooled.directBuffer(CHUNK);
    while (lines.isWritable()) {
      int part = Math.min(lines.writableBytes(), line.length());
      lines.writeCharSequence(line.substring(0, part), StandardCharsets.US_ASCII);
    }
    return lines;
  }

  private static double format(ByteBuf lines) {
    CriFormat format = new CriFormat(System::nanoTime);
    RecordBuffer out = new RecordBuffer();
    LineCursor piece = new LineCursor();
    long start = cpuTime();
    for (long done = 0; done < BYTES_PER_ROUND; done += CHUNK) {
      Chunk chunk = new Chunk(StdStream.STDOUT, lines.duplicate(), CHUNK, done, Chunk.UNKEPT);
      piece.open(chunk.bytes());
      while (piece.next(format.longestPiece())) {
        if (format.measure(chunk, piece) > out.room()) {
          out.clear();
        }
        format.append(chunk, piece, out);
        piece.consume();
      }
    }
    return megabytesPerSecond(cpuTime() - start);
  }

  private static double log(ByteBuf lines, Path file) throws Exception {
    Files.deleteIfExists(file);
    try (EventLoop loop = new EventLoop()) {
      LogWriter writer = new LogWriter(loop);
      long start = System.nanoTime();
      var _ =
          CriLog.open(
                  writer,
                  new LogOwner("benchmark"),
                  file,
                  new Rotation(64 << 20, 1),
                  Optional.empty(),
                  LogMemory.NONE)
              .thenAccept(driver -> new Source(loop, driver, lines).pump());
      loop.run();
      return megabytesPerSecond(System.nanoTime() - start);
    } finally {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".1"));
    }
  }

  private static double megabytesPerSecond(long nanos) {
    return BYTES_PER_ROUND / 1e6 / (nanos / 1e9);
  }

  /** Time on a processor, so that a busy machine changes the figure little. */
  private static long cpuTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** A container that always has more to say. */
  private static final class Source {
    private final EventLoop loop;
    private final LogDriver driver;
    private final ByteBuf lines;
    private long done;

    Source(EventLoop loop, LogDriver driver, ByteBuf lines) {
      this.loop = loop;
      this.driver = driver;
      this.lines = lines;
      driver.onWritable(this::pump);
    }

    void pump() {
      while (driver.isWritable() && done < BYTES_PER_ROUND) {
        driver.write(StdStream.STDOUT, lines.retainedDuplicate());
        done += CHUNK;
      }
      if (done >= BYTES_PER_ROUND) {
        var _ = driver.close(Duration.ofMinutes(1)).thenRun(loop::stop);
      }
    }
  }
}
