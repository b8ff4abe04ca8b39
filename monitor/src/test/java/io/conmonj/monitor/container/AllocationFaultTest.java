package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.monitor.loop.Allocations;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.namespace.PodNamespaces;
import io.conmonj.monitor.session.ContainerBackend;
import io.conmonj.streaming.AttachOptions;
import io.conmonj.streaming.AttachRequest;
import io.conmonj.streaming.PortForwardRequest;
import io.conmonj.streaming.Stdio;
import io.conmonj.streaming.StreamingRequest;
import io.conmonj.streaming.memory.Probes;
import io.conmonj.streaming.peer.SpdyPeer;
import io.conmonj.streaming.peer.WebSocketPeer;
import io.conmonj.streaming.server.StreamingConfig;
import io.conmonj.streaming.server.StreamingServer;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Nth time that the monitor asks for memory there is none, be it for a buffer, a thread, a
 * child, a task, a timer or a watch: for each N that there is in a scenario, or for every few of
 * them unless {@code -Dconmonj.faults=all} asks for all. A command or a client may fail of it, and
 * is told so; no line is lost, no container's pipe is closed, every exit is told, and the next one
 * is served.
 */
@Timeout(900)
class AllocationFaultTest {
  /** Of a scenario, unless all are asked for: as many as there is time for. */
  private static final int SAMPLES = 25;

  private static final int EXIT_CODE = 7;
  private static final int FEW = 10;
  private static final int BURST = 30_000;
  private static final Stdio OUTPUT = new Stdio(false, true, true, false);

  /** The innocent one, who is there all the time; silent, so that nothing of it counts. */
  private static final String WAITING =
      "while [ ! -e /tmp/go ]; do usleep 10000; done; exit " + EXIT_CODE;

  @TempDir Path directory;
  private final Allocations allocations = new Allocations();
  private ContainersFixture fixture;
  private StreamingServer server;
  private Container bystander;
  private String name;
  private int said;

  /** What is done while there is no memory. */
  private interface Scenario {
    void run() throws Exception;
  }

  @BeforeEach
  void start(TestInfo test) throws Exception {
    name = test.getTestMethod().orElseThrow().getName();
    // Its constants are made once, outside the heap, and are no leak.
    assertThat(new HttpResponseEncoder().isSharable()).isFalse();
    fixture = ContainersFixture.withFaults(directory, allocations);
    server =
        fixture.thread.call(
            () ->
                new StreamingServer(
                    fixture.loop.netty(),
                    EpollServerSocketChannel::new,
                    StreamingConfig.DEFAULT,
                    new ContainerBackend(
                        fixture.loop,
                        fixture.containers,
                        new PodNamespaces(fixture.loop, fixture.processes))));
    Probes.set(server.memory(), allocations::next);
    bystander = fixture.run(fixture.spec(false, false, "sh", "-c", WAITING));
  }

  @AfterEach
  void stop() throws Exception {
    allocations.failNone();
    fixture.thread.await(server::close);
    fixture.close();
  }

  @Test
  void aContainerIsMadeOrItsIdIsFreeAgain() throws Exception {
    tryEach(this::create);
  }

  @Test
  void anExitIsToldAndItsCleanupCommandIsRunOnce() throws Exception {
    tryEach(this::exit);
  }

  @Test
  void aBurstOfLinesIsLoggedWhole() throws Exception {
    tryEach(this::burst);
  }

  @Test
  void aCommandHasAllOfItsOutputOrFails() throws Exception {
    tryEach(this::exec);
  }

  @Test
  void anAttachedClientHarmsNobodyWhenItIsCutOff() throws Exception {
    tryEach(this::attach);
  }

  @Test
  void aForwardedPairHarmsNobodyWhenItIsCutOff() throws Exception {
    tryEach(this::forward);
  }

  private void tryEach(Scenario scenario) throws Exception {
    int count = count(scenario);
    boolean all = "all".equals(System.getProperty("conmonj.faults"));
    int step = all ? 1 : Math.max(1, count / SAMPLES);
    int struck = 0;
    for (int number = 1; number <= count; number += step) {
      allocations.failNth(number);
      try {
        scenario.run();
      } catch (Throwable failed) {
        throw new AssertionError("allocation " + number + " failed" + allocations.where(), failed);
      } finally {
        allocations.failNone();
      }
      struck += allocations.struck() ? 1 : 0;
      checkThatCommandsRun(number);
    }
    System.out.printf("%s: %d of %d allocations failed, one by one%n", name, struck, count);
    assertThat(struck).as("allocations that failed").isPositive();
    checkBystander();
  }

  /** With the memory that it takes, and once before, so that nothing is done for the first time. */
  private int count(Scenario scenario) throws Exception {
    scenario.run();
    allocations.failNth(Integer.MAX_VALUE);
    scenario.run();
    return allocations.counted();
  }

  /** Has the bystander say something that is to be in its log. */
  private void checkThatCommandsRun(int number) throws Exception {
    said++;
    try (ExecSyncResult answer =
        fixture.execSync(bystander, "sh", "-c", "echo " + said + " > /proc/1/fd/1")) {
      assertThat(answer.exitCode())
          .as("command after allocation " + number + allocations.where())
          .isZero();
    }
  }

  private void checkBystander() throws Exception {
    let(bystander);
    assertThat(fixture.exit(bystander)).isEqualTo(EXIT_CODE);
    assertThat(lines(bystander, "stdout")).isEqualTo(numbers(said));
    assertThat(exitFile(bystander)).isEqualTo("" + EXIT_CODE);
  }

  // ---- the scenarios ----

  private void create() throws Exception {
    CreateContainer spec = fixture.spec(false, false, "sh", "-c", "exit " + EXIT_CODE);
    Container made;
    try {
      made = fixture.create(spec);
    } catch (IOException | ExecutionException refused) {
      allocations.failNone();
      made = fixture.create(spec);
    }
    fixture.runc.run("start", made.id());
    assertThat(fixture.exit(made)).isEqualTo(EXIT_CODE);
    assertThat(exitFile(made)).isEqualTo("" + EXIT_CODE);
    fixture.runc.run("delete", made.id());
  }

  private void exit() throws Exception {
    Path cleaned = directory.resolve("cleaned");
    Files.deleteIfExists(cleaned);
    Container talker = talker(FEW, List.of("/bin/sh", "-c", "echo once >> " + cleaned));
    let(talker);
    checkEnd(talker, FEW);
    assertThat(Files.readAllLines(cleaned)).containsExactly("once");
  }

  private void burst() throws Exception {
    Container talker = talker(BURST, List.of());
    let(talker);
    checkEnd(talker, BURST);
  }

  private void exec() throws Exception {
    try {
      String output = ContainersFixture.stdout(fixture.execSync(bystander, "seq", "1", "20000"));
      assertThat(output.lines().toList()).isEqualTo(numbers(20_000));
    } catch (IOException | ExecutionException refused) {
      // The fault was this command's.
    }
  }

  private void attach() throws Exception {
    Container talker = talker(BURST, List.of());
    try (WebSocketPeer client =
        WebSocketPeer.open(
            url(new AttachRequest(talker.id(), OUTPUT, AttachOptions.NONE)), "v5.channel.k8s.io")) {
      let(talker);
      client.readAll();
    } catch (SocketTimeoutException hung) {
      throw hung;
    } catch (IOException | ExecutionException cutOff) {
      // The fault was this client's.
    }
    let(talker);
    checkEnd(talker, BURST);
  }

  private void forward() throws Exception {
    try (Echo echo = new Echo();
        SpdyPeer client =
            SpdyPeer.open(
                url(new PortForwardRequest("/proc/self/ns/net", List.of())),
                "portforward.k8s.io")) {
      client.synPair(1, 0, echo.port());
      client.data(3, "there and back");
      client.end(3);
      String words;
      do {
        words = client.next();
      } while (!(words.equals("FIN 1") || words.startsWith("RST") || words.startsWith("GOAWAY")));
    } catch (SocketTimeoutException hung) {
      throw hung;
    } catch (IOException | ExecutionException cutOff) {
      // The fault was this client's.
    }
  }

  // ---- what they are made of ----

  /** Waits for its sign, counts on both streams, and ends. */
  private Container talker(int lines, List<String> cleanup) throws Exception {
    String command =
        "while [ ! -e /tmp/go ]; do usleep 10000; done; seq 1 "
            + lines
            + " & seq 1 "
            + lines
            + " >&2; wait; exit "
            + EXIT_CODE;
    int number = allocations.pause();
    CreateContainer spec = fixture.spec(false, false, "sh", "-c", command);
    Container talker =
        fixture.run(
            new CreateContainer(
                spec.arguments(),
                false,
                false,
                List.of(),
                spec.logs(),
                spec.exitPaths(),
                List.of(),
                cleanup,
                List.of(),
                List.of()));
    allocations.goOn(number);
    return talker;
  }

  private void let(Container talker) throws IOException {
    Path sign = fixture.path(talker.id(), "rootfs/tmp/go");
    if (!Files.exists(sign)) {
      Files.createFile(sign);
    }
  }

  private void checkEnd(Container talker, int count) throws Exception {
    assertThat(fixture.exit(talker)).isEqualTo(EXIT_CODE);
    assertThat(lines(talker, "stdout")).isEqualTo(numbers(count));
    assertThat(lines(talker, "stderr")).isEqualTo(numbers(count));
    assertThat(exitFile(talker)).isEqualTo("" + EXIT_CODE);
    fixture.runc.run("delete", talker.id());
  }

  private URI url(StreamingRequest request) throws Exception {
    return LoopThread.await(fixture.thread.call(() -> server.urlFor(request)));
  }

  private String exitFile(Container ended) throws IOException {
    return Files.readString(fixture.path(ended.id(), "exit"));
  }

  private static List<String> numbers(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
  }

  /** A piece that is marked as a part goes on in the next of its stream. */
  private List<String> lines(Container of, String stream) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String record : Files.readAllLines(fixture.path(of.id(), "log"))) {
      String[] fields = record.split(" ", 4);
      if (fields[1].equals(stream)) {
        line.append(fields[3]);
        if (fields[2].equals("F")) {
          lines.add(line.toString());
          line.setLength(0);
        }
      }
    }
    return lines;
  }
}
