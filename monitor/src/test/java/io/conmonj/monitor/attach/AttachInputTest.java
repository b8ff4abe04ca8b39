package io.conmonj.monitor.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.container.Container;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real containers get of what clients of an attach socket type. */
@Timeout(180)
class AttachInputTest {
  /** As the Go client of conmon-rs sends it. */
  private static final int PACKET = 32 * 1024;

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

  private Path file(Container container, String name) {
    return bed.pod.path(container.id(), "rootfs/tmp").resolve(name);
  }

  @Test
  void aHundredMegabytesArriveWholeAlthoughTheClientLeavesAtOnce() throws Exception {
    Container container =
        bed.running(false, "dd", "of=/tmp/got", "bs=4096", "count=25600", "iflag=fullblock");
    MessageDigest sent = MessageDigest.getInstance("SHA-256");
    byte[] packet = new byte[PACKET];
    Random random = new Random(1);
    try (PacketClient client = bed.attach(container)) {
      for (int i = 0; i < 3200; i++) {
        random.nextBytes(packet);
        packet[i % PACKET] = 0;
        sent.update(packet);
        client.send(packet);
      }
    }
    assertThat(bed.pod.exit(container)).isZero();
    byte[] got = Files.readAllBytes(file(container, "got"));
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(got)))
        .isEqualTo(HexFormat.of().formatHex(sent.digest()));
  }

  @Test
  void whatAClientHasTypedArrivesAlthoughTheContainerReadsItLaterAndTheClientHasGone()
      throws Exception {
    Container container =
        bed.running(
            false,
            "sh",
            "-c",
            "while [ ! -e /tmp/go ]; do sleep 0.05; done; dd of=/tmp/got bs=1 count=196608");
    try (PacketClient client = bed.attach(container)) {
      for (int i = 0; i < 6; i++) {
        client.send(new byte[PACKET]);
      }
    }
    Files.createFile(file(container, "go"));
    assertThat(bed.pod.exit(container)).isZero();
    assertThat(file(container, "got")).hasSize(6L * PACKET);
    PacketClient.await("the end of its session", () -> bed.sessions().isEmpty());
  }

  @Test
  void noPacketIsSplitByAnotherClients() throws Exception {
    Container container =
        bed.running(false, "dd", "of=/tmp/got", "bs=32768", "count=128", "iflag=fullblock");
    try (PacketClient one = bed.attach(container);
        PacketClient two = bed.attach(container)) {
      byte[] ones = filled((byte) 1);
      byte[] twos = filled((byte) 2);
      for (int i = 0; i < 64; i++) {
        one.send(ones);
        two.send(twos);
      }
      assertThat(bed.pod.exit(container)).isZero();
    }
    byte[] got = Files.readAllBytes(file(container, "got"));
    for (int i = 0; i < got.length; i++) {
      assertThat(got[i]).isEqualTo(got[i - i % PACKET]);
    }
  }

  private static byte[] filled(byte value) {
    byte[] packet = new byte[PACKET];
    Arrays.fill(packet, value);
    return packet;
  }

  @Test
  void theEndOfAClientsInputIsNotTheEndOfItsOutputNorOfOthersInput() throws Exception {
    Container container = bed.running(false, "sh", "-c", "read a; echo $a; read b; echo $b");
    try (PacketClient one = bed.attach(container);
        PacketClient two = bed.attach(container)) {
      one.type("first\n");
      one.endInput();
      one.awaitStdout("first\n");
      two.type("second\n");
      one.awaitEnd();
      assertThat(one.stdout()).isEqualTo("first\nsecond\n");
      assertThat(one.dones()).isEqualTo(1);
    }
  }

  @Test
  void whereAskedForAClientIsDoneWithItsInputAndOthersGoOn() throws Exception {
    Container container = bed.running(false, "sh", "-c", "read a; echo $a; read b; echo $b");
    Path path = bed.path("stop");
    try (PacketClient other = bed.attach(container)) {
      bed.open(container, path, true);
      try (PacketClient client = bed.connect(path)) {
        client.type("first\n");
        client.endInput();
        client.awaitEnd();
      }
      other.awaitStdout("first\n");
      other.type("second\n");
      other.awaitEnd();
      assertThat(other.stdout()).isEqualTo("first\nsecond\n");
    }
  }

  @Test
  void theEndOfTheOnlyInputIsTheContainersAndTheClientSeesTheRest() throws Exception {
    Container container = bed.runningOnce("sh", "-c", "cat; echo all read");
    try (PacketClient client = bed.attach(container)) {
      client.type("one\n");
      client.endInput();
      client.awaitEnd();
      assertThat(client.stdout()).isEqualTo("one\nall read\n");
      assertThat(client.dones()).isEqualTo(1);
    }
  }

  /** CRI-O asks for just this when a container's stdin is for one client. */
  @Test
  void theOnlyInputEndsAlsoWhereItsClientAskedToBeDoneWithIt() throws Exception {
    Container container = bed.runningOnce("sh", "-c", "cat; echo all read");
    Path path = bed.path("stop-once");
    bed.open(container, path, true);
    try (PacketClient client = bed.connect(path)) {
      client.type("one\n");
    }
    assertThat(bed.pod.exit(container)).isZero();
    assertThat(bed.pod.logged(container.id())).containsExactly("one", "all read");
  }

  @Test
  void anEmptyOnlyInputIsTheContainersToo() throws Exception {
    Container container = bed.runningOnce("sh", "-c", "cat; echo all read");
    try (PacketClient client = bed.attach(container)) {
      client.endInput();
      client.awaitEnd();
      assertThat(client.stdout()).isEqualTo("all read\n");
    }
  }

  /** So does {@code kubectl run -i --rm} with nothing to read, by way of CRI-O. */
  @Test
  void anEmptyOnlyInputIsTheContainersAlsoWhereItsClientAskedToBeDoneWithIt() throws Exception {
    Container container = bed.runningOnce("sh", "-c", "cat; echo all read");
    Path path = bed.path("stop-once");
    bed.open(container, path, true);
    bed.connect(path).close();
    assertThat(bed.pod.exit(container)).isZero();
    assertThat(bed.pod.logged(container.id())).containsExactly("all read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop-once", "of-another-name"})
  void oneThatLeavesEndsNotTheOnlyInputWhileAnotherIsAtASocketOf(String name) throws Exception {
    Container container = bed.runningOnce("sh", "-c", "cat; echo all read");
    bed.open(container, bed.path("stop-once"), true);
    bed.open(container, bed.path(name), true);
    try (PacketClient typist = bed.connect(bed.path(name))) {
      bed.connect(bed.path("stop-once")).close();
      PacketClient.await("the end of its session", () -> bed.sessions().size() == 1);
      typist.type("one\n");
    }
    assertThat(bed.pod.exit(container)).isZero();
    assertThat(bed.pod.logged(container.id())).containsExactly("one", "all read");
  }

  @Test
  void anEmptyOnlyInputOfOneThatStaysIsNotTheContainersWhileAnotherIsThere() throws Exception {
    Container container = bed.runningOnce("sh", "-c", "cat; echo all read");
    try (PacketClient stays = bed.attach(container)) {
      Path path = bed.path("other");
      bed.open(container, path, false);
      try (PacketClient typist = bed.connect(path)) {
        stays.endInput();
        // Longer than one that leaves takes between its input's end and its connection's.
        Thread.sleep(2000);
        typist.type("one\n");
        stays.awaitStdout("one\n");
      }
      stays.awaitEnd();
      assertThat(stays.stdout()).isEqualTo("one\nall read\n");
    }
  }

  @Test
  void oneThatTypedAndLeavesEndsTheOnlyInputAndOneThatOnlyWatchedDoesNot() throws Exception {
    Container container = bed.runningOnce("sh", "-c", "cat; echo all read");
    try (PacketClient watcher = bed.attach(container)) {
      watcher.endInput();
    }
    PacketClient.await("the end of its session", () -> bed.sessions().isEmpty());
    try (PacketClient typist = bed.attach(container)) {
      typist.type("one\n");
    }
    assertThat(bed.pod.exit(container)).isZero();
    assertThat(bed.pod.logged(container.id())).containsExactly("one", "all read");
  }

  @Test
  void whoTypesToAContainerWithoutInputIsToldOnce() throws Exception {
    Container container = bed.pod.run(bed.pod.spec(false, false, "sleep", "100000"));
    try (PacketClient client = bed.attach(container)) {
      client.type("a");
      client.type("b");
      PacketClient.await("the words", () -> !client.stderr().isEmpty());
      PacketClient.await("both", () -> bed.sessions().getFirst().received() == 2);
      assertThat(client.stderr())
          .isEqualTo("the container has no stdin: what is typed does not reach it\n");
    }
  }

  @Test
  void aPacketLongerThanAnyClientSendsEndsThatClientAndIsNotCut() throws Exception {
    Container container = bed.running(false, "cat");
    try (PacketClient client = bed.attach(container)) {
      client.send(new byte[Packets.MAX_INPUT]);
      PacketClient.await("all of it", () -> client.stdout().length() == Packets.MAX_INPUT);
      client.send(new byte[Packets.MAX_INPUT + 1]);
      client.awaitEnd();
      assertThat(client.stdout()).hasSize(Packets.MAX_INPUT);
    }
  }
}
