package io.conmonj.monitor.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.MemoryFile;
import io.conmonj.schema.State;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.capnproto.MessageBuilder;
import org.junit.jupiter.api.Test;

class StateRecordTest {

  private static byte[] record(long number, List<String> ids) {
    MessageBuilder message = new MessageBuilder();
    State.Monitor.Builder monitor = message.initRoot(State.Monitor.factory);
    monitor.setLastNumber(number);
    var containers = monitor.initContainers(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      containers.get(i).initRuntime().setId(ids.get(i));
    }
    return StateRecord.of(message);
  }

  private static List<String> ids(State.Monitor.Reader monitor) {
    return IntStream.range(0, monitor.getContainers().size())
        .mapToObj(i -> monitor.getContainers().get(i).getRuntime().getId().toString())
        .toList();
  }

  @Property(tries = 200)
  void whatIsReadIsWhatWasWritten(
      @ForAll long number, @ForAll @Size(max = 300) List<@StringLength(max = 100) String> texts)
      throws Exception {
    // Unpaired surrogates are no text.
    List<String> ids =
        texts.stream()
            .map(it -> new String(it.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
            .toList();
    try (Fd file = StateRecord.seal(record(number, ids))) {
      State.Monitor.Reader read = StateRecord.read(file);
      assertThat(read.getLastNumber()).isEqualTo(number);
      assertThat(ids(read)).isEqualTo(ids);
      // Its offset is shared with others: it is read from the start all the same.
      assertThat(StateRecord.read(file).getLastNumber()).isEqualTo(number);
    }
  }

  @Property(tries = 300)
  void aRecordOfWhichABitIsAnotherIsRefused(
      @ForAll long number,
      @ForAll @IntRange(max = 1000) int at,
      @ForAll @IntRange(max = 7) int bit) {
    byte[] record = record(number, List.of("web", "db"));
    int place = at % record.length;
    // What lies between the checksum and the message means nothing.
    if (place < 20 || place >= StateRecord.HEAD) {
      record[place] ^= (byte) (1 << bit);
      assertThatExceptionOfType(StateRefusedException.class)
          .isThrownBy(() -> StateRecord.parse(record));
    }
  }

  @Property(tries = 200)
  void aRecordThatIsCutIsRefused(@ForAll @IntRange(max = 1000) int at) {
    byte[] record = record(7, List.of("web", "db"));
    assertThatThrownBy(() -> StateRecord.parse(Arrays.copyOf(record, at % record.length)))
        .isInstanceOf(StateRefusedException.class)
        .hasMessageContaining("it is cut");
  }

  @Test
  void eachRefusalSaysWhy() {
    byte[] record = record(7, List.of("web"));
    byte[] longer = Arrays.copyOf(record, record.length + 8);
    assertThatThrownBy(() -> StateRecord.parse(longer)).hasMessageContaining("it is cut");
    byte[] foreign = record.clone();
    foreign[0] = 'C';
    assertThatThrownBy(() -> StateRecord.parse(foreign)).hasMessageContaining("none of ours");
    byte[] damaged = record.clone();
    damaged[record.length - 1] ^= 1;
    assertThatThrownBy(() -> StateRecord.parse(damaged)).hasMessageContaining("damaged");
  }

  @Test
  void anotherVersionIsRefusedByItsNumber() {
    byte[] record = record(7, List.of());
    record[8] = 2;
    CRC32C checksum = new CRC32C();
    checksum.update(record, 8, 8);
    checksum.update(record, StateRecord.HEAD, record.length - StateRecord.HEAD);
    ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).putInt(16, (int) checksum.getValue());
    assertThatThrownBy(() -> StateRecord.parse(record)).hasMessageContaining("its version is 2");
  }

  @Test
  void nobodyCanChangeASealedRecord() throws Exception {
    try (Fd file = StateRecord.seal(record(7, List.of("web")))) {
      assertThatExceptionOfType(KernelException.class)
          .isThrownBy(() -> Io.write(file, new byte[] {1}));
    }
  }

  @Test
  void aFileOfSomethingElseIsRefused() throws Exception {
    try (Fd file = MemoryFile.create("test")) {
      Io.write(
          file,
          "pid 17, and a text that is longer than a head".getBytes(StandardCharsets.US_ASCII));
      assertThatThrownBy(() -> StateRecord.read(file)).hasMessageContaining("none of ours");
    }
  }
}
