package io.conmonj.monitor.log;

import static io.conmonj.monitor.log.LoggedContainer.output;
import static io.conmonj.monitor.log.LoggedContainer.stdout;
import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.stdio.StdStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log in a file goes on in another worker, whatever became of the one before. */
class ResumedLogTest {
  private static final String LINES = "first 1000\nsecond 2000\n\nfourth 4000\n";

  @TempDir Path dir;
  private Path path;

  @BeforeEach
  void path() {
    path = dir.resolve("c.log");
  }

  private static LogPosition afterKill(byte[] position) {
    return new LogPosition(position, false);
  }

  private static LogPosition handedOver(byte[] position) {
    return new LogPosition(position, true);
  }

  /** Opens a log, and lets a worker log this. */
  private KilledLog killedAfter(String... chunks) throws Exception {
    LoggedContainer worker = LoggedContainer.open(path, Rotation.NONE);
    for (String chunk : chunks) {
      worker.write(chunk);
    }
    return KilledLog.end(worker, path);
  }

  @Test
  void whereverAWriteIsCutEachLineIsThereWholeAndOnceOrNotAtAll() throws Exception {
    LoggedContainer worker = LoggedContainer.open(path, Rotation.NONE);
    byte[] stale = KilledLog.position(worker);
    worker.write(LINES);
    KilledLog killed = KilledLog.end(worker, path);
    List<byte[]> positions = List.of(stale, killed.position(), new byte[0]);
    for (int cut = 1; cut <= killed.content().length; cut++) {
      killed.cut(path, cut);
      LogPosition position = afterKill(positions.get(cut % positions.size()));
      try (LoggedContainer next = KilledLog.resume(path, position)) {
        next.write("after\n");
      }
      String kept = wholeLines(killed.content(), cut);
      assertThat(CriReader.of(path).text()).as("cut at %d", cut).isEqualTo(kept + "after\n");
    }
  }

  /** The first lines of {@link #LINES}: as many as there are whole records. */
  private static String wholeLines(byte[] log, int cut) {
    int end = 0;
    for (int i = 0; i < cut; i++) {
      end = log[i] == '\n' ? LINES.indexOf('\n', end) + 1 : end;
    }
    return LINES.substring(0, end);
  }

  @Test
  void whereverAWriteIsCutAJsonObjectIsThereWholeAndOnceOrNotAtAll() throws Exception {
    LoggedContainer worker = LoggedContainer.openJson(path, Rotation.NONE);
    byte[] stale = KilledLog.position(worker);
    worker.write(LINES);
    KilledLog killed = KilledLog.end(worker, path);
    String all = new String(killed.content(), StandardCharsets.UTF_8);
    for (int cut = 1; cut <= killed.content().length; cut++) {
      killed.cut(path, cut);
      try (LoggedContainer next = KilledLog.resumeJson(path, afterKill(stale))) {
        next.write("after\n");
      }
      String log = Files.readString(path);
      int kept = all.substring(0, cut).lastIndexOf('\n') + 1;
      assertThat(log).as("cut at %d", cut).startsWith(all.substring(0, kept));
      assertThat(log.substring(kept))
          .matches("\\{\"timestamp\":\\d+,\"pipe\":\"stdout\",\"message\":\"after\"}\n");
    }
  }

  @Test
  void aLineGoesOnAfterAKillBetweenItsParts() throws Exception {
    KilledLog killed = killedAfter("log");
    for (byte[] position : List.of(killed.position(), new byte[0])) {
      killed.cut(path, killed.content().length);
      try (LoggedContainer next = KilledLog.resume(path, afterKill(position))) {
        next.write("in: root\n");
      }
      assertThat(CriReader.of(path).text()).isEqualTo("login: root\n");
    }
  }

  @Test
  void aLineThatIsUnfinishedAtTheKillIsFinishedAtTheEnd() throws Exception {
    killedAfter("login: ");
    KilledLog.resume(path, KilledLog.UNKNOWN).close();
    String log = Files.readString(path);
    assertThat(log.lines().toList()).hasSize(2).last().asString().endsWith(" stdout F ");
  }

  @Test
  void aLineOfWhichAPartWasCutOffIsNotJoinedWithAnother() throws Exception {
    KilledLog killed = killedAfter("first\nsec", "ond 2000\nthird\n");
    int lastRecords = new String(killed.content(), StandardCharsets.UTF_8).indexOf("ond 2000") + 4;
    killed.cut(path, lastRecords);
    try (LoggedContainer next = KilledLog.resume(path, afterKill(killed.position()))) {
      next.write("fourth\n");
    }
    assertThat(CriReader.of(path).text()).isEqualTo("first\nsec\nfourth\n");
  }

  @Test
  void whatTheContainerBeforeLeftUnfinishedStaysItsOwn() throws Exception {
    killedAfter("of another container");
    LoggedContainer worker = LoggedContainer.open(path, Rotation.NONE);
    KilledLog killed = KilledLog.end(worker, path);
    try (LoggedContainer next = KilledLog.resume(path, afterKill(killed.position()))) {
      next.write("first\n");
    }
    assertThat(CriReader.of(path).text()).isEqualTo("of another container\nfirst\n");
  }

  @Test
  void aLineOfWhichTheFileShowsNothingAnyMoreGoesOn() throws Exception {
    KilledLog killed = killedAfter("login: ");
    Files.move(path, dir.resolve("rotated"));
    try (LoggedContainer next = KilledLog.resume(path, handedOver(killed.position()))) {
      next.write("root");
    }
    assertThat(CriReader.of(List.of(dir.resolve("rotated"), path)).text())
        .isEqualTo("login: root\n");
  }

  @Test
  void halfALineThatIsNoRecordStaysAndIsNotContinued() throws Exception {
    KilledLog killed = killedAfter("first\n");
    Files.writeString(path, "2026-01-01 of somebody else", StandardOpenOption.APPEND);
    try (LoggedContainer next = KilledLog.resume(path, afterKill(killed.position()))) {
      next.write("second\n");
    }
    assertThat(Files.readString(path))
        .startsWith(
            new String(killed.content(), StandardCharsets.UTF_8) + "2026-01-01 of somebody else\n")
        .endsWith(" stdout F second\n");
  }

  @Test
  void aCharacterOfWhichAPartHasComeIsWholeAfterAHandOver() throws Exception {
    for (boolean exact : new boolean[] {true, false}) {
      Files.deleteIfExists(path);
      byte[] snowman = "\u2603\n".getBytes(StandardCharsets.UTF_8);
      LoggedContainer worker = LoggedContainer.openJson(path, Rotation.NONE);
      worker.write(
          List.of(output(StdStream.STDERR, new byte[] {snowman[0], snowman[1]})).iterator());
      KilledLog ended = KilledLog.end(worker, path);
      LogPosition position = new LogPosition(ended.position(), exact);
      try (LoggedContainer next = KilledLog.resumeJson(path, position)) {
        next.write(List.of(output(StdStream.STDERR, new byte[] {snowman[2], '\n'})).iterator());
      }
      assertThat(Files.readString(path)).contains("\"message\":\"\u2603\"}");
    }
  }

  @Test
  void aPositionIsNotTakenForExactWhenTheFileHasGrownSince() throws Exception {
    LoggedContainer worker = LoggedContainer.open(path, Rotation.NONE);
    worker.write("log");
    worker.flush();
    byte[] stale = KilledLog.position(worker);
    worker.write("in\n");
    KilledLog.end(worker, path);
    KilledLog.resume(path, handedOver(stale)).close();
    assertThat(CriReader.of(path).text()).isEqualTo("login\n");
    assertThat(CriReader.of(path).records()).isEqualTo(2);
  }

  @Test
  void aPositionOfAKindThatIsNotKnownIsNone() throws Exception {
    KilledLog killed = killedAfter("log");
    byte[] future = killed.position().clone();
    future[0] = 99;
    try (LoggedContainer next = KilledLog.resume(path, handedOver(future))) {
      next.write("in\n");
    }
    assertThat(CriReader.of(path).text()).isEqualTo("login\n");
  }

  @Test
  void theEndOfALongFileIsEnoughToGoOn() throws Exception {
    LoggedContainer worker = LoggedContainer.open(path, Rotation.NONE);
    worker.write(
        List.of(
                output(StdStream.STDERR, "prompt".getBytes(StandardCharsets.UTF_8)),
                stdout("x\n".repeat(5000)),
                stdout("log"))
            .iterator());
    KilledLog killed = KilledLog.end(worker, path);
    try (LoggedContainer next = KilledLog.resume(path, afterKill(killed.position()))) {
      next.write("in\n");
    }
    assertThat(CriReader.of(path).text()).endsWith("x\nlogin\n");
    // The other stream's last record is out of sight, but the position knows of it.
    assertThat(CriReader.of(path).bytes(StdStream.STDERR)).asString().isEqualTo("prompt\n");
  }
}
