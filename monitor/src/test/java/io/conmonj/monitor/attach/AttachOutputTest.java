package io.conmonj.monitor.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.container.Container;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients of an attach socket get of real containers. */
@Timeout(180)
class AttachOutputTest {
  private static final int NUMBERS_BYTES = 588_895;

  @TempDir Path directory;
  private AttachBed bed;

  @BeforeEach
  void start() throws Exception {
    bed = new AttachBed(directory);
  }

  @AfterEach
  void stop() throws Exception {
    bed.close();
  }

  @Test
  void bothStreamsComeWholeInPacketsThatFitAndThenOneThatSaysThatThisIsAll() throws Exception {
    String script = "seq 1 100000; exec 1>&-; sleep 0.2; echo last >&2";
    Container container = bed.created(false, "sh", "-c", script);
    try (PacketClient one = bed.attach(container);
        PacketClient two = bed.attach(container)) {
      bed.pod.start(container);
      for (PacketClient each : new PacketClient[] {one, two}) {
        each.awaitEnd();
        assertThat(each.stdout())
            .startsWith("1\n2\n")
            .endsWith("\n100000\n")
            .hasSize(NUMBERS_BYTES);
        assertThat(each.stderr()).isEqualTo("last\n");
        assertThat(each.packets()).allMatch(packet -> packet.length <= 8192);
        assertThat(each.dones()).isEqualTo(1);
        assertThat(each.packets().getLast()).as("after all of the output").hasSize(1);
      }
    }
    assertThat(bed.pod.exit(container)).isZero();
    PacketClient.await("no socket", () -> Files.notExists(bed.path(container.id())));
  }

  @Test
  void allThatATerminalShowsIsStandardOutput() throws Exception {
    Container container = bed.running(true, "sh", "-c", "read a; echo got $a; echo error >&2");
    try (PacketClient client = bed.attach(container)) {
      client.type("x\n");
      client.awaitEnd();
      assertThat(client.stdout()).isEqualTo("x\r\ngot x\r\nerror\r\n");
      assertThat(client.stderr()).isEmpty();
      assertThat(client.dones()).isEqualTo(1);
    }
  }

  @Test
  void whatWasWrittenBeforeIsNotRepeated() throws Exception {
    Container container = bed.running(false, "sh", "-c", "echo early; read a; echo late");
    PacketClient.await("the log", () -> logged(container).contains("early"));
    try (PacketClient client = bed.attach(container)) {
      client.type("\n");
      client.awaitEnd();
      assertThat(client.stdout()).isEqualTo("late\n");
    }
  }

  @Test
  void aClientThatDoesNotReadIsEndedAndNobodyElseWaits() throws Exception {
    Container container =
        bed.created(
            false, "sh", "-c", "i=0; while [ $i -lt 8 ]; do seq 1 100000; i=$((i+1)); done");
    try (PacketClient idle = bed.attach(container);
        PacketClient quick = bed.attach(container)) {
      bed.pod.start(container);
      quick.awaitEnd();
      assertThat(quick.stdout()).hasSize(8 * NUMBERS_BYTES);
      assertThat(bed.pod.exit(container)).isZero();
      idle.awaitEnd();
      assertThat(idle.dones()).as("no cut is taken for the end").isZero();
      assertThat(idle.stdout()).startsWith("1\n2\n");
    }
  }

  @Test
  void aClientThatIsABitBehindGetsAllAfterTheContainersEnd() throws Exception {
    Container container = bed.created(false, "sh", "-c", "seq 1 100000");
    try (PacketClient behind = bed.attach(container)) {
      bed.pod.start(container);
      assertThat(bed.pod.exit(container)).isZero();
      behind.awaitEnd();
      assertThat(behind.stdout()).hasSize(NUMBERS_BYTES);
      assertThat(behind.dones()).isEqualTo(1);
    }
  }

  @Test
  void aClientThatNeverTakesTheRestIsEndedSomeTimeAfterTheContainer() throws Exception {
    bed.close();
    bed = new AttachBed(directory.resolve("impatient"), Duration.ofMillis(100));
    Container container = bed.created(false, "sh", "-c", "seq 1 100000");
    try (PacketClient idle = bed.attach(container)) {
      bed.pod.start(container);
      assertThat(bed.pod.exit(container)).isZero();
      PacketClient.await("the end of its session", () -> bed.sessions().isEmpty());
      idle.awaitEnd();
      assertThat(idle.dones()).isZero();
    }
  }

  @Test
  void aSilentClientThatGoesIsSeenToHaveGone() throws Exception {
    Container container = bed.running(false, "sleep", "100000");
    try (PacketClient client = bed.attach(container)) {
      assertThat(bed.sessions().getFirst().protocol()).isEqualTo("socket");
      client.endInput();
    }
    PacketClient.await("the end of its session", () -> bed.sessions().isEmpty());
  }

  @Test
  void oneTooManyIsToldSo() throws Exception {
    Container container = bed.running(false, "sleep", "100000");
    PacketClient[] most = new PacketClient[AttachBed.MOST_CLIENTS];
    for (int i = 0; i < most.length; i++) {
      most[i] = bed.attach(container);
    }
    try (PacketClient more = PacketClient.connect(bed.path(container.id()))) {
      more.awaitEnd();
      assertThat(more.stderr()).contains("too many sessions");
    }
    for (PacketClient each : most) {
      assertThat(each.hasEnded()).isFalse();
      each.close();
    }
  }

  private String logged(Container container) {
    try {
      return String.join("\n", bed.pod.logged(container.id()));
    } catch (Exception notYet) {
      return "";
    }
  }
}
