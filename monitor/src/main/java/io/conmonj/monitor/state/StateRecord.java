package io.conmonj.monitor.state;

import io.conmonj.kernel.Fd;
import io.conmonj.kernel.Io;
import io.conmonj.kernel.MemoryFile;
import io.conmonj.kernel.OpenFile;
import io.conmonj.schema.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.capnproto.MessageBuilder;
import org.capnproto.ReaderOptions;
import org.capnproto.Serialize;

/**
 * A state as bytes: a head of 24 bytes, and a Cap'n Proto message with its segment table. The head,
 * little-endian, is the magic, the version, the length of the message, the CRC32C of those two and
 * the message, and zeros. A version says how the rest is to be read: fields that are added to the
 * message do not change it.
 */
public final class StateRecord {
  /** The only one there has been. */
  static final int VERSION = 1;

  static final int HEAD = 24;

  /** The text {@code conmonjS}. */
  private static final long MAGIC = 0x536a6e6f6d6e6f63L;

  private static final int VERSION_AT = 8;
  private static final int LENGTH_AT = 12;
  private static final int CHECKSUM_AT = 16;

  /** Thousands of containers; whatever says that it is longer is none. */
  private static final int LONGEST = 16 << 20;

  private static final int READ_AT_ONCE = 16 * 1024;

  private StateRecord() {}

  /** A state as a record; the message must not be written to any more. */
  public static byte[] of(MessageBuilder message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[HEAD]);
    try {
      Serialize.write(Channels.newChannel(bytes), message);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible); // nothing is written to but memory
    }
    byte[] record = bytes.toByteArray();
    ByteBuffer head = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    head.putLong(0, MAGIC);
    head.putInt(VERSION_AT, VERSION);
    head.putInt(LENGTH_AT, record.length - HEAD);
    head.putInt(CHECKSUM_AT, checksum(record));
    return record;
  }

  /**
   * A record in a memory file that nobody can change any more.
   *
   * @return the caller's to close
   * @throws IOException when the kernel refuses
   */
  public static Fd seal(byte[] record) throws IOException {
    Fd file = MemoryFile.createSealable("conmonj-state");
    try {
      int written = 0;
      while (written < record.length) {
        written += Io.write(file, Arrays.copyOfRange(record, written, record.length));
      }
      MemoryFile.seal(file);
      return file;
    } catch (IOException | Error failed) {
      file.close();
      throw failed;
    }
  }

  /**
   * Reads the state in a memory file, from its start, wherever its other users have read to.
   *
   * @throws StateRefusedException when there is none in it that can be relied on
   * @throws IOException when it cannot be read
   */
  public static State.Monitor.Reader read(Fd file) throws IOException {
    return readFile("/proc/self/fd/" + file.number());
  }

  /** The same by a path. Blocks as long as the disk does. */
  static State.Monitor.Reader readFile(String path) throws IOException {
    try (Fd file = OpenFile.forReading(path)) {
      ByteArrayOutputStream record = new ByteArrayOutputStream();
      byte[] part = new byte[READ_AT_ONCE];
      for (int count = Io.read(file, part); count > 0; count = Io.read(file, part)) {
        record.write(part, 0, count);
        if (record.size() > HEAD + LONGEST) {
          throw new StateRefusedException("it is longer than any can be");
        }
      }
      return parse(record.toByteArray());
    }
  }

  /**
   * The state in a record.
   *
   * @throws StateRefusedException when it is cut, damaged, somebody else's or of a version that is
   *     not known here
   */
  public static State.Monitor.Reader parse(byte[] record) throws StateRefusedException {
    if (record.length < HEAD) {
      throw new StateRefusedException("it is cut: " + record.length + " bytes");
    }
    ByteBuffer head = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    if (head.getLong(0) != MAGIC) {
      throw new StateRefusedException("it is none of ours");
    }
    int length = head.getInt(LENGTH_AT);
    if (length != record.length - HEAD) {
      throw new StateRefusedException(
          "it is cut: " + (record.length - HEAD) + " bytes of " + Integer.toUnsignedString(length));
    }
    if (head.getInt(CHECKSUM_AT) != checksum(record)) {
      throw new StateRefusedException("it is damaged: its checksum is another");
    }
    int version = head.getInt(VERSION_AT);
    if (version != VERSION) {
      throw new StateRefusedException(
          "its version is " + Integer.toUnsignedString(version) + ", and not " + VERSION);
    }
    return message(ByteBuffer.wrap(record, HEAD, length).slice());
  }

  private static State.Monitor.Reader message(ByteBuffer bytes) throws StateRefusedException {
    try {
      return Serialize.read(
              bytes.order(ByteOrder.LITTLE_ENDIAN), ReaderOptions.DEFAULT_READER_OPTIONS)
          .getRoot(State.Monitor.factory);
    } catch (IOException | RuntimeException malformed) {
      throw new StateRefusedException("its message is malformed", malformed);
    }
  }

  /**
   * A number that is another one for another record, but for one in four thousand million: its
   * length and its checksum. Never below {@value #HEAD}.
   */
  static long mark(byte[] record) {
    ByteBuffer head = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    return (long) record.length << Integer.SIZE | Integer.toUnsignedLong(head.getInt(CHECKSUM_AT));
  }

  private static int checksum(byte[] record) {
    CRC32C checksum = new CRC32C();
    checksum.update(record, VERSION_AT, CHECKSUM_AT - VERSION_AT);
    checksum.update(record, HEAD, record.length - HEAD);
    return (int) checksum.getValue();
  }
}
