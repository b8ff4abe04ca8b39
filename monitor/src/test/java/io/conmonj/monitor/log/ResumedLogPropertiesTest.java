package io.conmonj.monitor.log;

import static io.conmonj.monitor.log.LoggedContainer.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.stdio.StdStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** A log that several workers write looks as if one had written it, but for the times. */
class ResumedLogPropertiesTest {
  private Path dir;

  /**
   * A write, or another worker.
   *
   * @param stream null for another worker
   * @param killed whether the worker before was killed, after all was written
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Step(StdStream stream, byte[] bytes, boolean killed) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    byte[][] pieces =
        new byte[][] {
          {'\n'},
          {'a'},
          "login: ".getBytes(StandardCharsets.UTF_8),
          {(byte) 0xe2},
          {(byte) 0x98},
          {(byte) 0x83},
          {(byte) 0xff},
          {'"'},
          "x".repeat(70_000).getBytes(StandardCharsets.UTF_8),
        };
    Arbitrary<Step> write =
        Arbitraries.of(StdStream.class)
            .flatMap(
                stream ->
                    Arbitraries.of(pieces)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(4)
                        .map(list -> write(stream, list)));
    Arbitrary<Step> step =
        Arbitraries.frequencyOf(
            Tuple.of(5, write),
            Tuple.of(
                2, Arbitraries.of(true, false).map(killed -> new Step(null, new byte[0], killed))));
    return step.list().ofMaxSize(20);
  }

  private static Step write(StdStream stream, List<byte[]> pieces) {
    int length = pieces.stream().mapToInt(piece -> piece.length).sum();
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return new Step(stream, all, false);
  }

  @BeforeTry
  void makeDirectory() throws IOException {
    dir = Files.createTempDirectory("resumed-log");
  }

  @AfterTry
  void removeDirectory() throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 60)
  void cri(@ForAll("steps") List<Step> steps) throws Exception {
    same(steps, false);
  }

  @Property(tries = 60)
  void json(@ForAll("steps") List<Step> steps) throws Exception {
    same(steps, true);
  }

  private void same(List<Step> steps, boolean json) throws Exception {
    List<Step> writes = steps.stream().filter(step -> step.stream() != null).toList();
    assertThat(play("several", steps, json)).isEqualTo(play("one", writes, json));
  }

  /** What the log holds in the end, without times. */
  private String play(String name, List<Step> steps, boolean json) throws Exception {
    Path path = dir.resolve(name);
    LoggedContainer worker =
        json
            ? LoggedContainer.openJson(path, Rotation.NONE)
            : LoggedContainer.open(path, Rotation.NONE);
    for (Step step : steps) {
      if (step.stream() != null) {
        worker.write(List.of(output(step.stream(), step.bytes())).iterator());
        // So that the records do not depend on what the thread has found together.
        worker.flush();
      } else {
        LogPosition position =
            new LogPosition(KilledLog.end(worker, path).position(), !step.killed());
        worker = json ? KilledLog.resumeJson(path, position) : KilledLog.resume(path, position);
      }
    }
    worker.close();
    return Files.readString(path, StandardCharsets.ISO_8859_1)
        .replaceAll("(?m)^\\d{4}-\\S+|(?m)^\\{\"timestamp\":\\d+", "TIME");
  }
}
