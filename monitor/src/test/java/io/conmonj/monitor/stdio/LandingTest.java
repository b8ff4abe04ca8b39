package io.conmonj.monitor.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import io.conmonj.kernel.Fcntl;
import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.Pipe;
import io.conmonj.kernel.SharedMemory;
import io.conmonj.monitor.holder.DescriptorStore;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.log.MemoryFiles;
import io.conmonj.monitor.loop.LoopThread;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import io.conmonj.monitor.state.StateKeeper;
import io.conmonj.schema.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.capnproto.MessageBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a worker that is killed was reading is known to the next one. */
class LandingTest {
  private static final long STREAM = Landing.key("c1.out");

  private final Map<String, Fd> kept = new HashMap<>();
  private final ByteBuffer room = ByteBuffer.allocateDirect(ReadBuffer.SIZE);
  private LoopThread loop;
  private Keeping keeping;
  private Pipe pipe;

  @BeforeEach
  void open() throws Exception {
    loop = LoopThread.start();
    keeping = new Keeping(new Store(), new StateKeeper(loop.loop(), state -> {}, Optional.empty()));
    pipe = Pipe.open();
    Fcntl.setNonBlocking(pipe.readEnd(), true);
  }

  @AfterEach
  void close() {
    pipe.close();
    loop.close();
  }

  private final class Store implements DescriptorStore {
    @Override
    public void deposit(String name, Fd fd, WakeRule rule) throws IOException {
      kept.put(name, Fcntl.duplicate(fd));
    }

    @Override
    public void withdraw(String name) {
      kept.remove(name);
    }
  }

  /** That of a worker after one that is killed now. */
  private Landing next() throws IOException {
    Map<String, Fd> left = new HashMap<>();
    for (Map.Entry<String, Fd> each : kept.entrySet()) {
      left.put(each.getKey(), MemoryFiles.copy(each.getValue()));
    }
    State.Monitor.Reader none = new MessageBuilder().initRoot(State.Monitor.factory).asReader();
    return Landing.restore(new Inheritance(none, left), keeping);
  }

  private int read(Landing landing, String bytes) throws IOException {
    Io.write(pipe.writeEnd(), bytes.getBytes(StandardCharsets.US_ASCII));
    return landing.read(pipe.readEnd(), ReadBuffer.SIZE, STREAM, room.clear());
  }

  @Test
  void whatWasReadAndNotNotedIsLeft() throws Exception {
    Landing landing = next();
    assertThat(read(landing, "first")).isEqualTo(5);
    landing.over();
    assertThat(read(landing, "two\n")).isEqualTo(4);
    Landing next = next();
    assertThat(next.left("c1.out")).asString().isEqualTo("two\n");
    assertThat(next.left("c1.err")).isEmpty();
    assertThat(next.leftNumber()).isEqualTo(2);
    next.clear();
    assertThat(next.left("c1.out")).isEmpty();
  }

  @Test
  void whatIsOverIsNotLeft() throws Exception {
    Landing landing = next();
    assertThat(read(landing, "first")).isEqualTo(5);
    landing.over();
    assertThat(next().left("c1.out")).isEmpty();
    assertThat(landing.read(pipe.readEnd(), 10, STREAM, room.clear())).isZero();
    assertThat(next().left("c1.out")).isEmpty();
  }

  /** The length of a read is not known when the kill comes while the kernel copies. */
  @Test
  void ofAReadWhoseLengthIsNotKnownTheBytesAreLeft() throws Exception {
    Landing landing = next();
    assertThat(read(landing, "a longer one")).isEqualTo(12);
    landing.over();
    assertThat(read(landing, "two\n")).isEqualTo(4);
    Fd memory = kept.get("landing");
    try (Fd copy = MemoryFiles.copy(memory)) {
      kept.put("landing", withoutLength(copy));
      assertThat(next().left("c1.out")).asString().isEqualTo("two\n");
    }
  }

  private static Fd withoutLength(Fd landing) throws IOException {
    int countAt = 16;
    try (SharedMemory shared = SharedMemory.open(Fcntl.duplicate(landing), Landing.SIZE)) {
      shared.put(countAt, -1);
    }
    return Fcntl.duplicate(landing);
  }
}
