package io.conmonj.monitor.log;

import static io.conmonj.monitor.log.LoggedContainer.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.stdio.StdStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** What comes out is what went in, whatever happens on the way. */
class CriLogPropertiesTest {
  private Path dir;

  /** What may happen to a log. */
  sealed interface Step {
    /** The container writes. */
    record Write(StdStream stream, List<Byte> bytes) implements Step {}

    /** Somebody renames the file and asks for a new one. */
    record Reopen() implements Step {}

    /** Nothing, until all is written. */
    record Flush() implements Step {}
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Byte> anyByte =
        Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.just((byte) '\n')), Tuple.of(5, Arbitraries.bytes()));
    Arbitrary<Step> write =
        Arbitraries.of(StdStream.class)
            .flatMap(
                stream ->
                    anyByte.list().ofMaxSize(100).map(bytes -> new Step.Write(stream, bytes)));
    Arbitrary<Step> step =
        Arbitraries.frequencyOf(
            Tuple.of(10, write),
            Tuple.of(1, Arbitraries.create(Step.Reopen::new)),
            Tuple.of(1, Arbitraries.create(Step.Flush::new)));
    return step.list().ofMaxSize(60);
  }

  @BeforeTry
  void makeDirectory() throws IOException {
    dir = Files.createTempDirectory("cri-log");
  }

  @AfterTry
  void removeDirectory() throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 200)
  void anyChunkingOfAnyBytesJoinsBackToTheSameBytes(@ForAll("steps") List<Step> steps)
      throws Exception {
    play(steps, 0);
  }

  @Property(tries = 200)
  void anyInterleavingOfReopenAndRotationLosesNothing(
      @ForAll("steps") List<Step> steps, @ForAll @LongRange(min = 1, max = 1000) long maxSize)
      throws Exception {
    List<Path> files = play(steps, maxSize);
    for (Path file : files) {
      assertThat(Files.size(file) <= maxSize || CriReader.of(file).records() == 1).isTrue();
    }
  }

  private List<Path> play(List<Step> steps, long maxSize) throws Exception {
    Path path = dir.resolve("c.log");
    List<Path> files = new ArrayList<>();
    var stdout = new ByteArrayOutputStream();
    var stderr = new ByteArrayOutputStream();
    int unlimited = 1_000_000;
    Rotation rotation = new Rotation(maxSize, unlimited);
    try (LoggedContainer container = LoggedContainer.open(path, rotation)) {
      for (Step step : steps) {
        switch (step) {
          case Step.Write(StdStream stream, List<Byte> list) -> {
            byte[] bytes = new byte[list.size()];
            IntStream.range(0, bytes.length).forEach(i -> bytes[i] = list.get(i));
            (stream == StdStream.STDOUT ? stdout : stderr).write(bytes);
            container.write(List.of(output(stream, bytes)).iterator());
          }
          case Step.Flush() -> container.flush();
          case Step.Reopen() -> {
            container.flush();
            files.addAll(moveAway(path, files.size()));
            container.reopen();
          }
        }
      }
    }
    files.addAll(moveAway(path, files.size()));
    CriReader log = CriReader.of(files);
    assertThat(log.bytes(StdStream.STDOUT)).isEqualTo(finished(stdout));
    assertThat(log.bytes(StdStream.STDERR)).isEqualTo(finished(stderr));
    return files;
  }

  /** A last line without a newline is finished in the log. */
  private static byte[] finished(ByteArrayOutputStream written) {
    byte[] bytes = written.toByteArray();
    if (bytes.length > 0 && bytes[bytes.length - 1] != '\n') {
      written.write('\n');
    }
    return written.toByteArray();
  }

  /** Renames the log and its rotated predecessors, and returns them, the oldest first. */
  private List<Path> moveAway(Path path, int number) {
    List<Path> moved = new ArrayList<>();
    int oldest = 0;
    while (Files.exists(rotated(path, oldest + 1))) {
      oldest++;
    }
    for (int i = oldest; i >= 0; i--) {
      Path target = dir.resolve("moved." + (number + moved.size()));
      try {
        Files.move(rotated(path, i), target);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      moved.add(target);
    }
    return moved;
  }

  private static Path rotated(Path path, int number) {
    return number == 0 ? path : path.resolveSibling(path.getFileName() + "." + number);
  }
}
