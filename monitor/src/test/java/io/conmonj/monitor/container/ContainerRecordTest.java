package io.conmonj.monitor.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.FileStatus;
import io.conmonj.monitor.log.LogSpec;
import io.conmonj.monitor.log.LogStatistics;
import io.conmonj.monitor.oci.CreateArguments;
import io.conmonj.monitor.state.StateRecord;
import io.conmonj.schema.State;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.capnproto.MessageBuilder;
import org.junit.jupiter.api.Test;

class ContainerRecordTest {
  /** Written by the first version that had a state; must be read for ever. */
  private static final Path SAMPLE = Path.of("src/test/resources/state/version-1");

  private static final Arbitrary<String> TEXT =
      Arbitraries.strings().withCharRange(' ', '\u07ff').ofMaxLength(60).map(it -> it);

  private static final Arbitrary<List<String>> TEXTS = TEXT.list().ofMaxSize(5);

  @Provide
  Arbitrary<ContainerRecord> records() {
    Arbitrary<CreateArguments> runtime =
        Combinators.combine(TEXT, TEXT, Arbitraries.of(true, false), TEXTS, TEXTS)
            .as(CreateArguments::new);
    Arbitrary<ContainerRecord.LogRecord> log =
        Combinators.combine(
                Arbitraries.of(LogSpec.Kind.class),
                TEXT,
                Arbitraries.longs(),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(50))
            .as(
                (kind, path, size, position) ->
                    ContainerRecord.LogRecord.of(new LogSpec(kind, path, size), position));
    Arbitrary<Optional<KnownNetwork>> network =
        Combinators.combine(Arbitraries.longs(), Arbitraries.longs(), Arbitraries.longs())
            .as((place, inode, at) -> new KnownNetwork(FileStatus.identity(place, inode), at))
            .optional();
    Arbitrary<ContainerEnd> end =
        Combinators.combine(
                Arbitraries.of(ExitPhase.class),
                Arbitraries.integers(),
                Arbitraries.of(true, false),
                Arbitraries.longs(),
                Arbitraries.longs())
            .as(
                (phase, code, oom, tag, began) ->
                    new ContainerEnd(phase, code, oom, new CleanupRun(tag, began)));
    Arbitrary<LogStatistics> logged =
        Arbitraries.longs()
            .list()
            .ofSize(7)
            .map(
                it ->
                    new LogStatistics(
                        it.get(0), it.get(1), it.get(2), it.get(3), it.get(4), it.get(5),
                        it.get(6)));
    Arbitrary<boolean[]> flags = Arbitraries.of(true, false).array(boolean[].class).ofSize(3);
    Arbitrary<long[]> numbers = Arbitraries.longs().array(long[].class).ofSize(3);
    Arbitrary<int[]> small = Arbitraries.integers().between(0, 65535).array(int[].class).ofSize(2);
    Arbitrary<List<List<String>>> paths = TEXTS.list().ofSize(3);
    return Combinators.combine(
            runtime, log.list().ofMaxSize(3), network, end, logged, flags, numbers, small)
        .flatAs(
            (arguments, logs, net, itsEnd, counts, flag, number, few) ->
                paths.map(
                    path ->
                        new ContainerRecord(
                            number[0],
                            arguments,
                            few[0],
                            number[1],
                            flag[0],
                            flag[1],
                            flag[2],
                            logs,
                            path.get(0),
                            path.get(1),
                            path.get(2),
                            few[1],
                            number[2],
                            OomKills.since("/sys/fs/cgroup/" + few[0], Math.abs(few[1])),
                            net,
                            itsEnd,
                            counts,
                            ByteBuffer.wrap(new byte[few[0] % 9]))));
  }

  @Property(tries = 300)
  void whatIsReadIsWhatWasWritten(@ForAll("records") ContainerRecord record) throws Exception {
    MessageBuilder message = new MessageBuilder();
    State.Monitor.Builder monitor = message.initRoot(State.Monitor.factory);
    record.writeTo(monitor.initContainers(1).get(0));
    try (Fd file = StateRecord.seal(StateRecord.of(message))) {
      ContainerRecord read = ContainerRecord.of(StateRecord.read(file).getContainers().get(0));
      assertThat(read).usingRecursiveComparison().isEqualTo(record);
    }
  }

  @Test
  void anotherMonitorsHolderKnowsNoProcessOfItsCleanupCommand() {
    ContainerRecord record =
        sampleContainer()
            .essence(new ContainerEnd(ExitPhase.RECORDED, 3, false, new CleanupRun(9, 10)));
    assertThat(record.end().cleanup()).isEqualTo(new CleanupRun(9, 10));
    assertThat(record.essence().end()).isEqualTo(new ContainerEnd(ExitPhase.RECORDED, 3, false));
    assertThat(record.essence(5L).end()).isEqualTo(new ContainerEnd(ExitPhase.RECORDED, 3, false));
  }

  @Test
  void aStateOfTheFirstVersionIsRead() throws Exception {
    State.Monitor.Reader monitor = StateRecord.parse(Files.readAllBytes(SAMPLE));
    assertThat(monitor.getLastNumber()).isEqualTo(4);
    assertThat(monitor.getContainers().size()).isEqualTo(1);
    assertThat(ContainerRecord.of(monitor.getContainers().get(0)))
        .usingRecursiveComparison()
        .isEqualTo(sampleContainer());
    PendingLaunch launch = PendingLaunch.of(monitor.getLaunches().get(0));
    assertThat(launch).isEqualTo(sampleLaunch());
    assertThat(monitor.getEnded().get(0).getId().toString()).isEqualTo("ended");
    assertThat(monitor.getEnded().get(0).getExitCode()).isEqualTo(137);
    assertThat(monitor.getTotals().getCreated()).isEqualTo(3);
    assertThat(monitor.getExits().get(0).getPaths().get(0).toString()).isEqualTo("/exits/gone");
    assertThat(monitor.getExits().get(0).getExitCode()).isEqualTo(2);
  }

  private static PendingLaunch sampleLaunch() {
    return new PendingLaunch(
        4,
        new CreateArguments("making", "/bundles/making", true, List.of("--debug"), List.of()),
        Instant.ofEpochSecond(1_796_000_000, 5));
  }

  private static ContainerRecord sampleContainer() {
    return new ContainerRecord(
        3,
        new CreateArguments(
            "web", "/bundles/web", false, List.of("--log=x"), List.of("--no-pivot")),
        4711,
        123_456,
        false,
        true,
        true,
        List.of(
            ContainerRecord.LogRecord.of(
                new LogSpec(LogSpec.Kind.CRI, "/logs/web", 1 << 20),
                "position".getBytes(StandardCharsets.US_ASCII))),
        List.of("/exits/web", "/persistent/web"),
        List.of("/oom/web"),
        List.of("/bin/cleanup", "web"),
        2,
        987_654_321L,
        OomKills.since("/sys/fs/cgroup/web/memory.events", 1),
        Optional.of(new KnownNetwork(FileStatus.identity(4, 4_026_531_840L), 77)),
        new ContainerEnd(ExitPhase.OOM_KILLS_COUNTED, 137, true),
        new LogStatistics(1, 2, 3, 4, 5, 6, 7),
        ByteBuffer.allocate(0));
  }
}
