package io.conmonj.monitor.log;

import static io.conmonj.monitor.log.LoggedContainer.output;
import static io.conmonj.monitor.log.LoggedContainer.stdout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.monitor.log.LoggedContainer.Output;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.stdio.StdStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JournalLogTest extends WithJournal {
  private static final int LINES = 20_000;

  private LoggedContainer open(String name) throws Exception {
    return open(() -> name, Optional.empty(), LogMemory.NONE);
  }

  @Test
  void aLineIsAnEntryWithTheFieldsOfConmon() throws Exception {
    try (LoggedContainer container = open("k8s_web_pod")) {
      container.write(List.of(stdout("out\n"), stderr("err\n")).iterator());
      assertThat(journal.next())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "CONTAINER_ID_FULL", ID,
                  "CONTAINER_ID", "0123456789ab",
                  "CONTAINER_NAME", "k8s_web_pod",
                  "SYSLOG_IDENTIFIER", "k8s_web_pod",
                  "PRIORITY", "6",
                  "MESSAGE", "out"));
      assertThat(journal.next()).containsEntry("PRIORITY", "3").containsEntry("MESSAGE", "err");
    }
  }

  @Test
  void aContainerWhoseNameIsNotKnownIsIdentifiedByItsShortId() throws Exception {
    LoggedContainer opened =
        open(
            () -> {
              throw new IOException("no bundle");
            },
            Optional.empty(),
            LogMemory.NONE);
    try (LoggedContainer container = opened) {
      container.write("out\n");
      assertThat(journal.next())
          .containsEntry("SYSLOG_IDENTIFIER", "0123456789ab")
          .doesNotContainKey("CONTAINER_NAME");
    }
  }

  @Test
  void aLineGoesOnInAnotherWorkerAfterAHandOverAndIsNotSentTwiceAfterAKill() throws Exception {
    byte[] position;
    try (LoggedContainer first = open("")) {
      first.write(List.of(stdout("lo"), stderr("old"), stdout("gin: ")).iterator());
      first.flush();
      position = first.loop().call(() -> first.driver().positions().getFirst());
      try (LoggedContainer next = resume(new LogPosition(position, true))) {
        next.write(List.of(stdout("root\n"), stderr("er\n")).iterator());
        assertThat(journal.next()).containsEntry("MESSAGE", "login: root");
        assertThat(journal.next()).containsEntry("MESSAGE", "older");
      }
      try (LoggedContainer next = resume(new LogPosition(position, false))) {
        next.write("root\n");
        assertThat(journal.next()).containsEntry("MESSAGE", "root");
      }
    }
  }

  private LoggedContainer resume(LogPosition position) throws Exception {
    return open(() -> "", Optional.of(position), LogMemory.NONE);
  }

  @Test
  void aLineThatComesInPiecesIsOneEntryAndOneWithoutANewlineIsMarkedAtTheEnd() throws Exception {
    try (LoggedContainer container = open("")) {
      container.write(
          List.of(stdout("lo"), stderr("err"), stdout("gin: "), stdout("root\nlast")).iterator());
      assertThat(journal.next())
          .containsEntry("MESSAGE", "login: root")
          .doesNotContainKey("CONTAINER_PARTIAL_MESSAGE");
      assertThat(journal.isEmpty()).isTrue();
    }
    assertThat(journal.next())
        .containsEntry("MESSAGE", "last")
        .containsEntry("CONTAINER_PARTIAL_MESSAGE", "true");
    assertThat(journal.next())
        .containsEntry("MESSAGE", "err")
        .containsEntry("PRIORITY", "3")
        .containsEntry("CONTAINER_PARTIAL_MESSAGE", "true");
  }

  @Test
  void aLongLineIsSeveralEntriesOfWhichAllButTheLastAreMarked() throws Exception {
    String line = "x".repeat(JournalLine.LONGEST) + "y".repeat(JournalLine.LONGEST) + "<1>z";
    try (LoggedContainer container = open("")) {
      container.write(line.substring(0, 10));
      container.write(line.substring(10) + "\n\n");
      StringBuilder joined = new StringBuilder();
      Map<String, String> entry = journal.next();
      while ("true".equals(entry.get("CONTAINER_PARTIAL_MESSAGE"))) {
        joined.append(entry.get("MESSAGE"));
        entry = journal.next();
      }
      assertThat(joined.append(entry.get("MESSAGE")).toString()).isEqualTo(line);
      assertThat(entry).containsEntry("PRIORITY", "6");
      assertThat(journal.next()).containsEntry("MESSAGE", "");
    }
  }

  @Test
  void aPriorityThatALineBeginsWithIsTheEntrys() throws Exception {
    try (LoggedContainer container = open("")) {
      container.write(List.of(stdout("<"), stdout("4>warning\n<8>eight\n<1>")).iterator());
      assertThat(journal.next()).containsEntry("PRIORITY", "4").containsEntry("MESSAGE", "warning");
      assertThat(journal.next())
          .containsEntry("PRIORITY", "6")
          .containsEntry("MESSAGE", "<8>eight");
    }
    assertThat(journal.next()).containsEntry("PRIORITY", "1").containsEntry("MESSAGE", "");
  }

  @Test
  void bytesThatAreNoTextPassUnchanged() throws Exception {
    byte[] bytes = {0, (byte) 0xff, '=', '\r', '\n'};
    try (LoggedContainer container = open("")) {
      container.write(List.of(output(StdStream.STDOUT, bytes)).iterator());
      assertThat(journal.next()).containsEntry("MESSAGE", "\0\u00ff=\r");
    }
  }

  @Test
  void whileTheJournalTakesNothingTheContainerWaitsAndThenNothingIsMissing() throws Exception {
    try (LoggedContainer container = open("")) {
      List<Output> lines = new ArrayList<>();
      for (int i = 0; i < LINES; i++) {
        lines.add(stdout(i + "\n"));
      }
      CompletableFuture<Void> taken =
          container.loop().call(() -> container.start(lines.iterator()));
      assertThat(container.loop().call(() -> container.driver().isWritable())).isFalse();
      assertThat(taken).isNotDone();
      List<String> seen = new ArrayList<>();
      while (seen.size() < LINES) {
        seen.add(journal.next().get("MESSAGE"));
      }
      LoopThread.await(taken);
      assertThat(seen).isEqualTo(IntStream.range(0, LINES).mapToObj(Integer::toString).toList());
    }
  }

  @Test
  void whatIsWrittenWhileTheJournalIsAwayIsThereWhenItIsBack() throws Exception {
    try (LoggedContainer container = open("")) {
      container.write("before\n");
      assertThat(journal.next()).containsEntry("MESSAGE", "before");
      journal.close();
      container.write("meanwhile\n");
      container.write("and\n");
      assertThat(container.statistics().writeErrors()).isPositive();
      journal = DatagramJournal.listen(path);
      assertThat(journal.next()).containsEntry("MESSAGE", "meanwhile");
      assertThat(journal.next()).containsEntry("MESSAGE", "and");
      container.flush();
    }
  }

  @Test
  void aJournalThatWasStartedAnewWhileNothingWasLoggedGetsTheNextLine() throws Exception {
    try (LoggedContainer container = open("")) {
      journal.close();
      journal = DatagramJournal.listen(path);
      container.write("after\n");
      assertThat(journal.next()).containsEntry("MESSAGE", "after");
      assertThat(container.statistics().writeErrors()).isZero();
    }
  }

  @Test
  void aJournalThatStaysAwayIsGivenUpAndTheLossIsTold() throws Exception {
    try (LoggedContainer container = open("")) {
      journal.close();
      container.write("lost\nhalf");
      assertThatThrownBy(() -> container.closeLog(Duration.ofMillis(50)))
          .hasMessageContaining("close journal " + path + ": up to 9 bytes lost: journal " + path)
          .hasMessageContaining("ENOENT");
      assertThat(container.statistics().bytesLost()).isEqualTo(9);
    }
  }

  @Test
  void withoutAJournalNoLogIsOpened() throws Exception {
    journal.close();
    assertThatThrownBy(() -> open(""))
        .hasMessageContaining("journal " + path + ": ENOENT (No such file or directory)");
  }

  @Test
  void anEntryTooLargeForADatagramGoesAsAFile() throws Exception {
    byte[] entry = new byte[1024 * 1024];
    ByteBuffer direct = ByteBuffer.allocateDirect(entry.length);
    direct.put("MESSAGE=".getBytes(StandardCharsets.US_ASCII));
    while (direct.remaining() > 1) {
      direct.put((byte) 'x');
    }
    direct.put((byte) '\n').flip();
    try (LoopThread thread = LoopThread.start()) {
      boolean sent =
          thread.call(
              () -> {
                JournalSocket socket =
                    new JournalSocket(thread.loop(), path.toString(), Optional.empty(), () -> {});
                try {
                  return socket.send(direct);
                } finally {
                  socket.close();
                }
              });
      assertThat(sent).isTrue();
      assertThat(journal.next().get("MESSAGE")).hasSize(entry.length - "MESSAGE=\n".length());
    }
  }
}
