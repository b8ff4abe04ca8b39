package io.conmonj.monitor.stdio;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.KernelException;
import io.conmonj.kernel.SharedMemory;
import io.conmonj.monitor.holder.WakeRule;
import io.conmonj.monitor.state.Inheritance;
import io.conmonj.monitor.state.Keeping;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the kernel puts what is read from containers: memory that outlives a worker that is killed,
 * so that what has left a pipe is never in this process alone. There is one read at a time; it is
 * over when the log has noted what came, under the read's number. Loop thread only.
 *
 * <p>A worker that is killed while the kernel copies leaves no length. The bytes before were zeros:
 * what came goes up to the last that is none, so that of such a read only zeros at its end are
 * lost.
 */
public final class Landing {
  private static final Logger LOG = LoggerFactory.getLogger(Landing.class);

  /** Of a monitor that nothing survives, such as a test's. */
  public static final Landing NONE = new Landing(Optional.empty());

  private static final String NAME = "landing";

  private static final int NUMBER_AT = 0;
  private static final int KEY_AT = 8;
  private static final int COUNT_AT = 16;
  private static final int BYTES_AT = 4096;
  static final int SIZE = BYTES_AT + ReadBuffer.SIZE;

  /** For a count: the kernel may be copying. */
  private static final long UNKNOWN = -1;

  private static final long NOTHING = 0;

  // FNV-1a, 64 bits
  private static final long HASH_START = 0xcbf29ce484222325L;
  private static final long HASH_FACTOR = 0x100000001b3L;

  private final Optional<SharedMemory> shared;
  private final ByteBuffer bytes;
  private long number;
  private int landed;

  /** What the worker before has left, and from which stream. */
  private byte[] left = {};

  private long leftKey;
  private long leftNumber;

  private Landing(Optional<SharedMemory> shared) {
    this.shared = shared;
    this.bytes =
        shared.isPresent() ? shared.get().bytes(BYTES_AT, ReadBuffer.SIZE) : ByteBuffer.allocate(0);
  }

  /** That of the worker before, or a new one; where there can be none, {@link #NONE}. */
  public static Landing restore(Inheritance before, Keeping keeping) {
    Optional<Fd> kept = before.take(NAME);
    try {
      if (kept.isPresent()) {
        Landing landing = new Landing(Optional.of(SharedMemory.open(kept.get(), SIZE)));
        landing.goOn();
        return landing;
      }
      SharedMemory memory = SharedMemory.create("conmonj-landing", SIZE);
      keeping.deposit(NAME, memory.fd(), WakeRule.NEVER);
      return new Landing(Optional.of(memory));
    } catch (KernelException refused) {
      LOG.warn("what is being read would be lost with this worker", refused);
      return NONE;
    }
  }

  private void goOn() {
    SharedMemory memory = shared.orElseThrow();
    number = memory.get(NUMBER_AT);
    long count = memory.get(COUNT_AT);
    if (count != NOTHING) {
      leftNumber = number;
      leftKey = memory.get(KEY_AT);
      left = new byte[count == UNKNOWN ? lengthToLastByte() : (int) count];
      bytes.get(0, left);
    }
  }

  private int lengthToLastByte() {
    int length = ReadBuffer.SIZE;
    while (length > 0 && bytes.get(length - 1) == 0) {
      length--;
    }
    return length;
  }

  /**
   * All that the worker before has left here is where it belongs, so that something else can come.
   */
  public void clear() {
    if (left.length > 0 || leftKey != 0) {
      landed = ReadBuffer.SIZE;
      over();
    }
    left = new byte[0];
    leftKey = 0;
  }

  /**
   * What the worker before has read of a stream, and its log may not have noted.
   *
   * @param name under which the stream is kept
   */
  public byte[] left(String name) {
    return leftKey == key(name) ? left : new byte[0];
  }

  /** The number of that read. */
  public long leftNumber() {
    return leftNumber;
  }

  /** The number of the latest read. */
  public long number() {
    return number;
  }

  /** What tells a stream from others, never 0. */
  static long key(String name) {
    long hash = HASH_START;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * HASH_FACTOR;
    }
    return hash == 0 ? 1 : hash;
  }

  /** Whether there is one. */
  boolean isThere() {
    return shared.isPresent();
  }

  /**
   * Reads once; after a positive answer {@link #over} must follow.
   *
   * @param key of the stream
   * @param to gets a copy of what came, from its position on
   * @return as {@link io.conmonj.kernel.Io#read}
   */
  int read(Fd fd, int length, long key, ByteBuffer to) throws KernelException {
    SharedMemory memory = shared.orElseThrow();
    number++;
    memory.put(NUMBER_AT, number);
    memory.put(KEY_AT, key);
    memory.put(COUNT_AT, UNKNOWN);
    int count = 0;
    try {
      count = memory.read(fd, BYTES_AT, length);
    } finally {
      memory.put(COUNT_AT, Math.max(NOTHING, count));
    }
    if (count > 0) {
      landed = count;
      to.put(bytes.limit(count).position(0));
      bytes.clear();
    }
    return count;
  }

  /** What was read is where it belongs, or is given up. */
  void over() {
    SharedMemory memory = shared.orElseThrow();
    memory.put(COUNT_AT, NOTHING);
    memory.clear(BYTES_AT, landed);
    landed = 0;
  }
}
